-- wish_open(school school_id, pupil pupil_id) one
SELECT w.id, w.made_at FROM talk_wish w WHERE w.school = :school AND w.pupil = :pupil AND w.ended_at IS NULL;

-- wish_insert(school school_id, id talk_wish_id, pupil pupil_id, at time) exec
INSERT INTO talk_wish (school, id, pupil, made_at, seen_at, ended_at) VALUES (:school, :id, :pupil, :at, NULL, NULL);

-- wish_end(school school_id, pupil pupil_id, at time) exec
UPDATE talk_wish SET ended_at = :at WHERE school = :school AND pupil = :pupil AND ended_at IS NULL;

-- wish_rows_of_group(school school_id, teaching_group group_id) many
SELECT w.pupil, w.made_at
  FROM pupil_group m
  JOIN talk_wish w ON w.school = m.school AND w.pupil = m.pupil
 WHERE m.school = :school AND m.teaching_group = :teaching_group AND m.until_on IS NULL AND w.ended_at IS NULL;
