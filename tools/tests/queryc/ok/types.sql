-- types_one(school school_id, pupil pupil_id, whole int, wide long, yes bool, at time, later time?,
--   day date, perhaps date?, name text, nick text?, blob bytes, thumb bytes?, secret sealed,
--   veil sealed?, teaching_group group_id?) one
SELECT 1 AS number, 'a' AS some_text, 2 AS made_at, '2024-02-29' AS made_on, x'00' AS raw_bytes,
       NULL AS body_sealed, 1 AS is_so, 0 AS has_it, 1 AS may_it, 7 AS other_pupil_id
  FROM pupil p
 WHERE p.school = :school AND p.id = :pupil AND p.teaching_group IS NOT DISTINCT FROM :teaching_group
   AND :whole + :wide + :yes > 0 AND :at > COALESCE(:later, 0) AND :day > COALESCE(:perhaps, '')
   AND :name <> COALESCE(:nick, '') AND :blob IS NOT NULL AND COALESCE(:thumb, '') IS NOT NULL
   AND :secret IS NOT NULL AND (:veil IS NULL OR p.born_sealed IS NOT NULL);

-- Through keys of keys a pupil remains a pupil.
-- types_far(school school_id) many
SELECT s.school, s.pupil, s.token, k.wrapped, p.teaching_group
  FROM dossier_seal s
  JOIN dossier_key k ON k.school = s.school AND k.pupil = s.pupil
  JOIN pupil p ON p.school = k.school AND p.id = k.pupil
 WHERE s.school = :school;

-- types_dates(school school_id) many
SELECT left_on FROM pupil WHERE school = :school;

-- types_sealed(school school_id) many
WITH both (who_sealed) AS (SELECT name_sealed FROM pupil WHERE school = :school
                           UNION ALL SELECT name_sealed FROM guardian WHERE school = :school)
SELECT who_sealed AS name_sealed FROM both;

-- types_swap(school school_id, id pupil_id, born sealed?) exec
UPDATE pupil SET born_sealed = :born, name_sealed = (SELECT w.name_sealed FROM guardian w
                                                      WHERE w.school = :school LIMIT 1)
 WHERE school = :school AND id = :id AND born_sealed IS NULL;
