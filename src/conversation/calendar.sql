-- calendar_feed_row(at_school school_id, of_staff long) one
SELECT MAX(f.made_at) AS made_at FROM calendar_feed f WHERE f.at_school = :at_school AND f.of_staff = :of_staff;

-- calendar_feed_add(token_hash bytes, at_school school_id, of_staff long, at time) exec
INSERT INTO calendar_feed (token_hash, at_school, of_staff, made_at) VALUES (:token_hash, :at_school, :of_staff, :at);

-- calendar_feed_end(at_school school_id, of_staff long) exec
DELETE FROM calendar_feed WHERE at_school = :at_school AND of_staff = :of_staff;

-- calendar_feed_owner(token_hash bytes) one
SELECT f.at_school, f.of_staff FROM calendar_feed f WHERE f.token_hash = :token_hash;

-- What the member of staff leads or takes part in, of which the day is known; cancelled ones too, so that
-- calendars learn of it. kind 1 of conversation_person is staff.
-- calendar_rows(school school_id, staff staff_id, person long, from_on date, most int) many
SELECT c.id, c.state, c.planned_on, c.planned_minute, c.minutes, c.version, c.changed_at
  FROM conversation c
  LEFT JOIN conversation_person p
    ON p.school = c.school AND p.conversation = c.id AND p.kind = 1 AND p.person = :person
 WHERE c.school = :school AND c.planned_on >= :from_on AND (c.leader = :staff OR p.person IS NOT NULL)
 ORDER BY c.planned_on DESC, c.planned_minute, c.id LIMIT :most;
