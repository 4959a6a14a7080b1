-- The same id again is the same try: it counts once.
-- practice_insert(school school_id, id practice_id, staff staff_id, on date, counts_sealed sealed, at time) exec
INSERT INTO practice (school, id, staff, practised_on, counts_sealed, made_at)
VALUES (:school, :id, :staff, :on, :counts_sealed, :at)
ON CONFLICT (school, id) DO NOTHING;

-- Newest day first.
-- practice_rows(school school_id, staff staff_id, most int) many
SELECT p.id, p.practised_on, p.counts_sealed
  FROM practice p
 WHERE p.school = :school AND p.staff = :staff
 ORDER BY p.practised_on DESC, p.made_at DESC, p.id LIMIT :most;

-- practice_delete_day(school school_id, staff staff_id, on date) exec
DELETE FROM practice WHERE school = :school AND staff = :staff AND practised_on = :on;

-- practice_delete_all(school school_id, staff staff_id) exec
DELETE FROM practice WHERE school = :school AND staff = :staff;

-- practice_delete_before(school school_id, before date) exec
DELETE FROM practice WHERE school = :school AND practised_on < :before;
