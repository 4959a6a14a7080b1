-- emergency_insert(school school_id, id emergency_id, pupil pupil_id, staff staff_id, reason_sealed sealed, at time, ends_at time) exec
INSERT INTO emergency (school, id, pupil, staff, reason_sealed, made_at, ends_at)
VALUES (:school, :id, :pupil, :staff, :reason_sealed, :at, :ends_at);

-- emergency_rows(school school_id, pupil pupil_id) many
SELECT e.id, e.staff, e.reason_sealed, e.made_at, e.ends_at, d.slot, d.key_wrapped,
       s.profile_sealed AS staff_sealed, ds.slot AS staff_slot, ds.key_wrapped AS staff_key_wrapped
  FROM emergency e
  JOIN dossier d ON d.school = e.school AND d.id = e.pupil
  JOIN staff s ON s.school = e.school AND s.id = e.staff
  JOIN dossier ds ON ds.school = s.school AND ds.id = s.id
 WHERE e.school = :school AND e.pupil = :pupil ORDER BY e.made_at DESC, e.id;
