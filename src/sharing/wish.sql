-- wish_open(school school_id, pupil pupil_id) one
SELECT w.id, w.made_at FROM talk_wish w WHERE w.school = :school AND w.pupil = :pupil AND w.ended_at IS NULL;

-- wish_insert(school school_id, id talk_wish_id, pupil pupil_id, at time) exec
INSERT INTO talk_wish (school, id, pupil, made_at, seen_at, ended_at) VALUES (:school, :id, :pupil, :at, NULL, NULL);

-- wish_end(school school_id, pupil pupil_id, at time) exec
UPDATE talk_wish SET ended_at = :at WHERE school = :school AND pupil = :pupil AND ended_at IS NULL;
