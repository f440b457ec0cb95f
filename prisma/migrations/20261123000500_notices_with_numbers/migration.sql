-- Notices that say how much waits: "6 of 20 prepared", and once a day at most.

ALTER TABLE "Notice" ADD COLUMN "outOf" INTEGER;
ALTER TABLE "Notice" ADD CONSTRAINT "Notice_outOf_check" CHECK ("outOf" > 0 AND coalesce(count, 0) <= "outOf");

-- When somebody was last told of what waits.
CREATE INDEX notice_daily ON "Notice"("memberId", event, "toldAt") WHERE event IN ('questions-wait', 'reports-wait');
