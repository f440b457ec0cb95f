/** A small round bird on a wire, in a box of 32 × 32; fill rule evenodd, which leaves the eye open. */
export const markShape =
  'M16.4 25.2a10 10 0 0 1-8.7-5.1L1 21.2l5.7-6.9a10 10 0 0 1 18.9-3.3l5.4 2.9-4.7 2.6a10 10 0 0 1-9.9 8.7ZM21 9.9a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3ZM2.4 25.2h27.2a1.4 1.4 0 0 1 0 2.8H2.4a1.4 1.4 0 0 1 0-2.8Z'
