-- note_insert(school school_id, id working_note_id, author staff_id, pupil pupil_id?, body_sealed sealed, ends_on date, at time) exec
INSERT INTO working_note (school, id, author, pupil, body_sealed, ends_on, made_at, changed_at)
VALUES (:school, :id, :author, :pupil, :body_sealed, :ends_on, :at, :at);

-- note_update(school school_id, id working_note_id, author staff_id, body_sealed sealed, ends_on date, at time) exec
UPDATE working_note SET body_sealed = :body_sealed, ends_on = :ends_on, changed_at = :at
 WHERE school = :school AND id = :id AND author = :author;

-- note_delete(school school_id, id working_note_id, author staff_id) exec
DELETE FROM working_note WHERE school = :school AND id = :id AND author = :author;

-- note_row(school school_id, id working_note_id, author staff_id, today date) one
SELECT n.id, n.pupil, n.body_sealed, n.ends_on, n.made_at, n.changed_at
  FROM working_note n
 WHERE n.school = :school AND n.id = :id AND n.author = :author AND n.ends_on >= :today;

-- note_rows_about(school school_id, author staff_id, pupil pupil_id, today date, most int) many as note_row
SELECT n.id, n.pupil, n.body_sealed, n.ends_on, n.made_at, n.changed_at
  FROM working_note n
 WHERE n.school = :school AND n.author = :author AND n.pupil = :pupil AND n.ends_on >= :today
 ORDER BY n.made_at DESC, n.id LIMIT :most;

-- note_rows(school school_id, author staff_id, today date, most int) many as note_row
SELECT n.id, n.pupil, n.body_sealed, n.ends_on, n.made_at, n.changed_at
  FROM working_note n
 WHERE n.school = :school AND n.author = :author AND n.ends_on >= :today
 ORDER BY n.made_at DESC, n.id LIMIT :most;

-- note_delete_past(school school_id, today date) exec
DELETE FROM working_note WHERE school = :school AND ends_on < :today;
