-- A moderator looks up who asked, which is an act like the others.
ALTER TABLE "ModerationEvent" DROP CONSTRAINT "ModerationEvent_act_check",
  ADD CONSTRAINT "ModerationEvent_act_check" CHECK (act IN ('hide', 'restore', 'keep', 'suspend', 'look-up'));
