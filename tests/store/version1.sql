BEGIN TRANSACTION;
CREATE TABLE body (
	digest TEXT NOT NULL, 
	size INTEGER NOT NULL, 
	content BLOB NOT NULL, 
	CONSTRAINT pk_body PRIMARY KEY (digest)
);
INSERT INTO "body" VALUES('8743ea5068dc66853b997e6317beeabb5a5586e09b65434b95ac426dec579770',15,X'789CB329B0F32F482D4A2CC92FB2D12FB003002AF40550');
CREATE TABLE contact (
	document_key TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	value TEXT NOT NULL, 
	span_start INTEGER NOT NULL, 
	span_end INTEGER NOT NULL, 
	quote TEXT NOT NULL, 
	CONSTRAINT pk_contact PRIMARY KEY (document_key, position), 
	CONSTRAINT fk_contact_document_key FOREIGN KEY(document_key) REFERENCES document ("key")
);
INSERT INTO "contact" VALUES('c930adc339d5b33aec43cbbf02a76d8c12a0c91568f664a7c1be28be2615a11c',0,'whatsapp','+6281234567890',48,62,'0812-3456-7890');
CREATE TABLE document (
	"key" TEXT NOT NULL, 
	id TEXT NOT NULL, 
	url TEXT NOT NULL, 
	text TEXT NOT NULL, 
	title TEXT NOT NULL, 
	language TEXT NOT NULL, 
	published TEXT, 
	page_digest TEXT, 
	source TEXT NOT NULL, 
	posting TEXT, 
	links TEXT NOT NULL, 
	carried TEXT NOT NULL, 
	CONSTRAINT pk_document PRIMARY KEY ("key")
);
INSERT INTO "document" VALUES('c930adc339d5b33aec43cbbf02a76d8c12a0c91568f664a7c1be28be2615a11c','1fae4b739fff12146da7e2142387ccd20ba1c0d3f22c200b4c4d3698a3671f3b','https://papan.example/lowongan/1','Operator di Kamboja, gaji USD 900 per bulan, WA 0812-3456-7890, paspor kami simpan.','Operator Kamboja','id','2026-11-01T08:30:15.123456+00:00','3660315a9af3df255d8f19ab077e4797822b41488a0e2a04bc6af71213c23274','papan','{"title":"Operator","hiring_organization":"not stated","job_location":"not stated","base_salary":{"minimum":{"$":"decimal","of":"900.00"},"maximum":{"$":"decimal","of":"1E+3"},"currency":"USD","period":"month","quote":"USD 900"},"employment_type":"not stated","description":"not stated","date_posted":{"$":"datetime","of":"2026-10-30T00:00:00+00:00"},"valid_through":null}','["https://wa.me/6281234567890"]','{}');
CREATE TABLE finding (
	"key" TEXT NOT NULL, 
	id TEXT NOT NULL, 
	document_key TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	scope TEXT NOT NULL, 
	ruleset TEXT NOT NULL, 
	probability FLOAT NOT NULL, 
	band TEXT NOT NULL, 
	model TEXT NOT NULL, 
	threshold FLOAT NOT NULL, 
	CONSTRAINT pk_finding PRIMARY KEY ("key"), 
	CONSTRAINT fk_finding_document_key FOREIGN KEY(document_key) REFERENCES document ("key"), 
	CONSTRAINT ck_finding_probability CHECK (probability >= 0 AND probability <= 1)
);
INSERT INTO "finding" VALUES('ad1f226e24d3e540bd96e93338f5d9f03c772d8a40f7ee2710b0d0cb4bde46ef','48b3dc39a4e7b435f3d336a9f699f13722ab081841efe930c10355881f7f0545','c930adc339d5b33aec43cbbf02a76d8c12a0c91568f664a7c1be28be2615a11c','ad','overseas','r1',0.75,'alert','m1',0.6);
CREATE TABLE flag (
	finding_key TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	indicator TEXT NOT NULL, 
	severity INTEGER NOT NULL, 
	rule TEXT NOT NULL, 
	span_start INTEGER NOT NULL, 
	span_end INTEGER NOT NULL, 
	quote TEXT NOT NULL, 
	polarity TEXT NOT NULL, 
	field TEXT NOT NULL, 
	detail TEXT NOT NULL, 
	CONSTRAINT pk_flag PRIMARY KEY (finding_key, position), 
	CONSTRAINT fk_flag_finding_key FOREIGN KEY(finding_key) REFERENCES finding ("key")
);
INSERT INTO "flag" VALUES('ad1f226e24d3e540bd96e93338f5d9f03c772d8a40f7ee2710b0d0cb4bde46ef',0,'retention_of_identity_documents',3,'passport.kept',64,70,'paspor','risk','text','paspor kami simpan');
CREATE TABLE item (
	id INTEGER NOT NULL, 
	run_id INTEGER NOT NULL, 
	url TEXT NOT NULL, 
	source TEXT NOT NULL, 
	role TEXT NOT NULL, 
	state TEXT NOT NULL, 
	finding_key TEXT, 
	screened_at TEXT, 
	skip_reason TEXT, 
	skip_detail TEXT, 
	skip_source TEXT, 
	page_id TEXT, 
	CONSTRAINT pk_item PRIMARY KEY (id), 
	CONSTRAINT fk_item_run_id FOREIGN KEY(run_id) REFERENCES run (id), 
	CONSTRAINT fk_item_finding_key FOREIGN KEY(finding_key) REFERENCES finding ("key"), 
	CONSTRAINT fk_item_page_id FOREIGN KEY(page_id) REFERENCES page (id), 
	CONSTRAINT uq_item_run_id_url UNIQUE (run_id, url), 
	CONSTRAINT ck_item_role CHECK (role IN ('index', 'item')), 
	CONSTRAINT ck_item_outcome CHECK ((state = 'pending' AND finding_key IS NULL AND skip_reason IS NULL) OR (state = 'done' AND role = 'index' AND finding_key IS NULL) OR (state = 'done' AND role = 'item' AND (finding_key IS NULL) <> (skip_reason IS NULL))), 
	CONSTRAINT ck_item_screened CHECK ((finding_key IS NULL) = (screened_at IS NULL)), 
	CONSTRAINT ck_item_skip CHECK ((skip_reason IS NULL) = (skip_detail IS NULL) AND (skip_reason IS NULL) = (skip_source IS NULL))
);
INSERT INTO "item" VALUES(1,1,'https://papan.example/','papan','index','done',NULL,NULL,NULL,NULL,NULL,'1df2ab3964c24e5acd5280141876b2c1c9129b0778c5f10d30f0b5d2f400ff0e');
INSERT INTO "item" VALUES(2,1,'https://papan.example/lowongan/1','papan','item','done','ad1f226e24d3e540bd96e93338f5d9f03c772d8a40f7ee2710b0d0cb4bde46ef','2026-11-01T08:30:15.123456+00:00',NULL,NULL,NULL,'e852994543e4189015c344f4797b91d596af087ebeee80890dc111b17b19bf7d');
INSERT INTO "item" VALUES(3,1,'https://papan.example/lowongan/12','papan','item','done',NULL,NULL,'timeout','20 s','papan',NULL);
CREATE TABLE page (
	id TEXT NOT NULL, 
	url TEXT NOT NULL, 
	final_url TEXT NOT NULL, 
	status INTEGER NOT NULL, 
	headers TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	fetched_at TEXT NOT NULL, 
	source TEXT NOT NULL, 
	CONSTRAINT pk_page PRIMARY KEY (id), 
	CONSTRAINT fk_page_digest FOREIGN KEY(digest) REFERENCES body (digest)
);
INSERT INTO "page" VALUES('1df2ab3964c24e5acd5280141876b2c1c9129b0778c5f10d30f0b5d2f400ff0e','https://papan.example/','https://papan.example//',200,'{"etag":"\"a1\"","last-modified":"Sun, 01 Nov 2026 08:00:00 GMT"}','8743ea5068dc66853b997e6317beeabb5a5586e09b65434b95ac426dec579770','2026-11-01T08:30:15.123456+00:00','papan');
INSERT INTO "page" VALUES('e852994543e4189015c344f4797b91d596af087ebeee80890dc111b17b19bf7d','https://papan.example/lowongan/1','https://papan.example/lowongan/1/',200,'{"etag":"\"a1\"","last-modified":"Sun, 01 Nov 2026 08:00:00 GMT"}','8743ea5068dc66853b997e6317beeabb5a5586e09b65434b95ac426dec579770','2026-11-01T08:30:15.123456+00:00','papan');
CREATE TABLE reason (
	finding_key TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	feature TEXT NOT NULL, 
	value FLOAT NOT NULL, 
	contribution FLOAT NOT NULL, 
	CONSTRAINT pk_reason PRIMARY KEY (finding_key, position), 
	CONSTRAINT fk_reason_finding_key FOREIGN KEY(finding_key) REFERENCES finding ("key")
);
INSERT INTO "reason" VALUES('ad1f226e24d3e540bd96e93338f5d9f03c772d8a40f7ee2710b0d0cb4bde46ef',0,'flag:passport',1.0,2.1);
INSERT INTO "reason" VALUES('ad1f226e24d3e540bd96e93338f5d9f03c772d8a40f7ee2710b0d0cb4bde46ef',1,'bias',3.00000000000000044408e-01,-1.0e-17);
CREATE TABLE run (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	state TEXT NOT NULL, 
	started_at TEXT NOT NULL, 
	finished_at TEXT, 
	code_version TEXT NOT NULL, 
	model TEXT NOT NULL, 
	ruleset TEXT NOT NULL, 
	settings_digest TEXT NOT NULL, 
	CONSTRAINT ck_run_state CHECK (state IN ('running', 'finished', 'interrupted')), 
	CONSTRAINT ck_run_finished CHECK ((state = 'finished') = (finished_at IS NOT NULL))
);
INSERT INTO "run" VALUES(1,'finished','2026-11-01T08:30:15.123456+00:00','2026-11-01T08:30:15.123456+00:00','0.1.0','m1','r1','s1');
CREATE TABLE screener_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT screener_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "screener_version" VALUES('v001');
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('run',1);
COMMIT;
