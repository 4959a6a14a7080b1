-- pupil_row(school school_id, id pupil_id) one
SELECT p.id, p.year_group, p.location, p.symbol, p.colour, p.source_index, p.enrolled_on, p.left_on, p.profile_sealed,
       d.slot, d.key_wrapped
  FROM pupil p JOIN dossier d ON d.school = p.school AND d.id = p.id
 WHERE p.school = :school AND p.id = :id;

-- The pupil with what every page about them shows on top: the group of this year where they are at home (else another
-- one they are in, else NULL), how long the school keeps a dossier, how often emergency access was taken since a day,
-- and how often safety went before what was agreed on telling.
-- pupil_head_row(school school_id, id pupil_id, since long) one
SELECT p.id, p.year_group, p.location, p.symbol, p.colour, p.source_index, p.enrolled_on, p.left_on, p.profile_sealed,
       d.slot, d.key_wrapped, h.retention_years, g.id AS home, g.age_band, g.name_sealed,
       (SELECT COUNT(*) FROM emergency e WHERE e.school = :school AND e.pupil = :id AND e.ends_at >= :since) AS emergencies,
       (SELECT COUNT(*) FROM sharing_exception x WHERE x.school = :school AND x.pupil = :id) AS exceptions
  FROM pupil p
  JOIN school h ON h.id = p.school
  JOIN dossier d ON d.school = p.school AND d.id = p.id
  LEFT JOIN school_year y ON y.school = p.school AND y.is_active = 1
  LEFT JOIN pupil_group m ON m.school = p.school AND m.pupil = p.id AND m.until_on IS NULL
  LEFT JOIN teaching_group g ON g.school = m.school AND g.id = m.teaching_group AND g.school_year = y.id
 WHERE p.school = :school AND p.id = :id
 ORDER BY CASE WHEN g.id IS NULL THEN 1 ELSE 0 END, g.kind, m.from_on DESC LIMIT 1;

-- pupil_rows_here(school school_id) many as pupil_row
SELECT p.id, p.year_group, p.location, p.symbol, p.colour, p.source_index, p.enrolled_on, p.left_on, p.profile_sealed,
       d.slot, d.key_wrapped
  FROM pupil p JOIN dossier d ON d.school = p.school AND d.id = p.id
 WHERE p.school = :school AND p.left_on IS NULL AND d.key_wrapped IS NOT NULL;

-- pupil_rows_left(school school_id) many as pupil_row
SELECT p.id, p.year_group, p.location, p.symbol, p.colour, p.source_index, p.enrolled_on, p.left_on, p.profile_sealed,
       d.slot, d.key_wrapped
  FROM pupil p JOIN dossier d ON d.school = p.school AND d.id = p.id
 WHERE p.school = :school AND p.left_on IS NOT NULL AND d.key_wrapped IS NOT NULL;

-- pupil_count(school school_id) one
SELECT COUNT(*) AS pupils FROM pupil p JOIN dossier d ON d.school = p.school AND d.id = p.id
 WHERE p.school = :school AND p.left_on IS NULL AND d.key_wrapped IS NOT NULL;

-- pupil_insert(school school_id, id pupil_id, year_group int, location location_id?, symbol int, colour int, source_index bytes?, enrolled_on date?, profile_sealed sealed, at time) exec
INSERT INTO pupil (school, id, year_group, location, symbol, colour, source_index, enrolled_on, left_on, profile_sealed, changed_at)
VALUES (:school, :id, :year_group, :location, :symbol, :colour, :source_index, :enrolled_on, NULL, :profile_sealed, :at);

-- pupil_update(school school_id, id pupil_id, year_group int, profile_sealed sealed, at time) exec
UPDATE pupil SET year_group = :year_group, profile_sealed = :profile_sealed, changed_at = :at
 WHERE school = :school AND id = :id;

-- pupil_set_source(school school_id, id pupil_id, source_index bytes, at time) exec
UPDATE pupil SET source_index = :source_index, changed_at = :at WHERE school = :school AND id = :id;

-- pupil_set_location(school school_id, id pupil_id, location location_id?, at time) exec
UPDATE pupil SET location = :location, changed_at = :at WHERE school = :school AND id = :id;

-- pupil_set_sign(school school_id, id pupil_id, symbol int, colour int, at time) exec
UPDATE pupil SET symbol = :symbol, colour = :colour, changed_at = :at WHERE school = :school AND id = :id;

-- pupil_set_left(school school_id, id pupil_id, left_on date?, at time) exec
UPDATE pupil SET left_on = :left_on, changed_at = :at WHERE school = :school AND id = :id;

-- pupil_left_rows(school school_id, day date) many
SELECT p.id FROM pupil p JOIN dossier d ON d.school = p.school AND d.id = p.id
 WHERE p.school = :school AND p.left_on <= :day AND d.key_wrapped IS NOT NULL;

-- pupil_end_sessions(at_school school_id, person long) exec
DELETE FROM session WHERE at_school = :at_school AND person = :person AND kind IN (2, 3);

-- pupil_end_badges(at_school school_id, of_pupil long) exec
DELETE FROM badge WHERE at_school = :at_school AND of_pupil = :of_pupil;

-- pupil_end_picture(school school_id, pupil pupil_id) exec
DELETE FROM picture_code WHERE school = :school AND pupil = :pupil;

-- pupil_erase_versions(school school_id, pupil pupil_id) exec
DELETE FROM observation_version WHERE school = :school
   AND observation IN (SELECT o.id FROM observation o WHERE o.school = :school AND o.pupil = :pupil);

-- pupil_erase_observations(school school_id, pupil pupil_id) exec
DELETE FROM observation WHERE school = :school AND pupil = :pupil;

-- pupil_erase_emergencies(school school_id, pupil pupil_id) exec
DELETE FROM emergency WHERE school = :school AND pupil = :pupil;

-- pupil_erase_notes(school school_id, pupil pupil_id) exec
DELETE FROM working_note WHERE school = :school AND pupil = :pupil;

-- pupil_erase_guardianship(school school_id, pupil pupil_id) exec
DELETE FROM guardianship WHERE school = :school AND pupil = :pupil;

-- pupil_erase_row(school school_id, id pupil_id, nothing sealed, at time) exec
UPDATE pupil SET profile_sealed = :nothing, source_index = NULL, enrolled_on = NULL, symbol = 0, colour = 1,
       year_group = -1, location = NULL, changed_at = :at
 WHERE school = :school AND id = :id;
