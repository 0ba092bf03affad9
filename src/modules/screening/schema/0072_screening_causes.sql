-- What a file has raised is asked for by every list of files.
CREATE INDEX screening_run_cause ON screening_run (cause);
CREATE INDEX screening_warning_run ON screening_warning (run_id);
