-- Everybody who is at the school, to know whose name stands in a text.
-- handover_pupils(school school_id) many
SELECT p.id, p.profile_sealed, d.slot, d.key_wrapped
  FROM pupil p JOIN dossier d ON d.school = p.school AND d.id = p.id
 WHERE p.school = :school AND p.left_on IS NULL AND d.key_wrapped IS NOT NULL;
