-- opp_insert(school school_id, id opp_moment_id, pupil pupil_id, conversation conversation_id?, kind int, moment_on date, heard int, way int, heard_on date?, told_on date?, author staff_id, body_sealed sealed, at time) exec
INSERT INTO opp_moment (school, id, pupil, conversation, kind, moment_on, heard, way, heard_on, told_on, version, author, body_sealed,
                        made_at, changed_at, removed_at)
VALUES (:school, :id, :pupil, :conversation, :kind, :moment_on, :heard, :way, :heard_on, :told_on, 1, :author, :body_sealed,
        :at, :at, NULL);

-- opp_version_insert(school school_id, opp_moment opp_moment_id, version int, author staff_id, body_sealed sealed, at time) exec
INSERT INTO opp_moment_version (school, opp_moment, version, author, body_sealed, made_at)
VALUES (:school, :opp_moment, :version, :author, :body_sealed, :at);

-- The version in the WHERE makes sure that nobody wrote in between.
-- opp_update(school school_id, id opp_moment_id, from_version int, conversation conversation_id?, kind int, moment_on date, heard int, way int, heard_on date?, told_on date?, author staff_id, body_sealed sealed, at time) exec
UPDATE opp_moment SET conversation = :conversation, kind = :kind, moment_on = :moment_on, heard = :heard, way = :way,
       heard_on = :heard_on, told_on = :told_on, version = version + 1, author = :author, body_sealed = :body_sealed, changed_at = :at
 WHERE school = :school AND id = :id AND version = :from_version AND removed_at IS NULL;

-- opp_set_removed(school school_id, id opp_moment_id, removed time?, at time) exec
UPDATE opp_moment SET removed_at = :removed, changed_at = :at WHERE school = :school AND id = :id;

-- opp_row(school school_id, id opp_moment_id) one
SELECT o.id, o.pupil, o.conversation, o.kind, o.moment_on, o.heard, o.way, o.heard_on, o.told_on, o.version, o.author, o.body_sealed,
       o.made_at, o.changed_at, o.removed_at, d.slot, d.key_wrapped,
       s.profile_sealed AS author_sealed, ds.slot AS author_slot, ds.key_wrapped AS author_key_wrapped
  FROM opp_moment o
  JOIN dossier d ON d.school = o.school AND d.id = o.pupil
  JOIN staff s ON s.school = o.school AND s.id = o.author
  JOIN dossier ds ON ds.school = s.school AND ds.id = s.id
 WHERE o.school = :school AND o.id = :id;

-- opp_rows_of_pupil(school school_id, pupil pupil_id, most int) many as opp_row
SELECT o.id, o.pupil, o.conversation, o.kind, o.moment_on, o.heard, o.way, o.heard_on, o.told_on, o.version, o.author, o.body_sealed,
       o.made_at, o.changed_at, o.removed_at, d.slot, d.key_wrapped,
       s.profile_sealed AS author_sealed, ds.slot AS author_slot, ds.key_wrapped AS author_key_wrapped
  FROM opp_moment o
  JOIN dossier d ON d.school = o.school AND d.id = o.pupil
  JOIN staff s ON s.school = o.school AND s.id = o.author
  JOIN dossier ds ON ds.school = s.school AND ds.id = s.id
 WHERE o.school = :school AND o.pupil = :pupil AND o.removed_at IS NULL
 ORDER BY o.moment_on DESC, o.made_at DESC, o.id LIMIT :most;

-- opp_erase_versions(school school_id, pupil pupil_id) exec
DELETE FROM opp_moment_version WHERE school = :school
   AND opp_moment IN (SELECT o.id FROM opp_moment o WHERE o.school = :school AND o.pupil = :pupil);

-- opp_erase_moments(school school_id, pupil pupil_id) exec
DELETE FROM opp_moment WHERE school = :school AND pupil = :pupil;
