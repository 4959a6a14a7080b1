-- observation_insert(school school_id, id observation_id, pupil pupil_id, author staff_id, kind int, seen_on date, body_sealed sealed, at time) exec
INSERT INTO observation (school, id, pupil, author, kind, seen_on, version, body_sealed, made_at, changed_at, removed_at)
VALUES (:school, :id, :pupil, :author, :kind, :seen_on, 1, :body_sealed, :at, :at, NULL);

-- observation_version_insert(school school_id, observation observation_id, version int, author staff_id, kind int, body_sealed sealed, at time) exec
INSERT INTO observation_version (school, observation, version, author, kind, body_sealed, made_at)
VALUES (:school, :observation, :version, :author, :kind, :body_sealed, :at);

-- The version in the WHERE makes sure that nobody wrote in between.
-- observation_update(school school_id, id observation_id, from_version int, kind int, seen_on date, body_sealed sealed, at time) exec
UPDATE observation SET kind = :kind, seen_on = :seen_on, version = version + 1, body_sealed = :body_sealed, changed_at = :at
 WHERE school = :school AND id = :id AND version = :from_version AND removed_at IS NULL;

-- observation_set_removed(school school_id, id observation_id, removed time?, at time) exec
UPDATE observation SET removed_at = :removed, changed_at = :at WHERE school = :school AND id = :id;

-- observation_row(school school_id, id observation_id) one
SELECT o.id, o.pupil, o.author, o.kind, o.seen_on, o.version, o.made_at, o.changed_at, o.removed_at, o.body_sealed,
       d.slot, d.key_wrapped,
       s.profile_sealed AS author_sealed, ds.slot AS author_slot, ds.key_wrapped AS author_key_wrapped
  FROM observation o
  JOIN dossier d ON d.school = o.school AND d.id = o.pupil
  JOIN staff s ON s.school = o.school AND s.id = o.author
  JOIN dossier ds ON ds.school = s.school AND ds.id = s.id
 WHERE o.school = :school AND o.id = :id;

-- observation_version_rows(school school_id, observation observation_id) many
SELECT v.version, v.kind, v.made_at, v.body_sealed
  FROM observation_version v WHERE v.school = :school AND v.observation = :observation ORDER BY v.version;
