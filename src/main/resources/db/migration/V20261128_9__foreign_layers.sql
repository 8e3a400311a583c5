-- What becomes of layers that may not be distributed: skip_bytes, copy or skip_image.
ALTER TABLE policy ADD COLUMN foreign_layers text NOT NULL DEFAULT 'skip_bytes';
