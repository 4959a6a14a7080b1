gen/migrations.c: migrations \
  migrations/0001_start.sql \
  migrations/0002_observation.sql
