BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0003');
CREATE TABLE api_keys (
	seq INTEGER NOT NULL, 
	key_id TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	name TEXT NOT NULL, 
	role TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	customer_id TEXT, 
	created_at TEXT NOT NULL, 
	created_by TEXT NOT NULL, 
	revoked_at TEXT, 
	revoked_by TEXT, 
	PRIMARY KEY (seq), 
	UNIQUE (key_id), 
	UNIQUE (sha256)
);
CREATE TABLE articles (
	article_id TEXT NOT NULL, 
	status TEXT NOT NULL, 
	title TEXT NOT NULL, 
	text TEXT NOT NULL, 
	area TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	tags TEXT NOT NULL, 
	source TEXT NOT NULL, 
	place TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	added_at TEXT NOT NULL, 
	added_by TEXT NOT NULL, 
	approved_by TEXT, 
	approved_at TEXT, 
	review_id TEXT, 
	version INTEGER DEFAULT '1' NOT NULL, 
	saved_by TEXT, 
	saved_at TEXT, 
	PRIMARY KEY (article_id)
);
CREATE TABLE asked_again (
	article_id TEXT NOT NULL, 
	turn_id TEXT NOT NULL, 
	relevance_before FLOAT NOT NULL, 
	relevance_after FLOAT NOT NULL, 
	answered_before INTEGER NOT NULL, 
	answered_after INTEGER NOT NULL, 
	why TEXT DEFAULT '' NOT NULL, 
	at TEXT NOT NULL, 
	PRIMARY KEY (article_id, turn_id)
);
CREATE TABLE audit (
	seq INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	actor TEXT NOT NULL, 
	role TEXT NOT NULL, 
	action TEXT NOT NULL, 
	thread_id TEXT, 
	review_id TEXT, 
	detail TEXT NOT NULL, 
	previous TEXT NOT NULL, 
	mac TEXT NOT NULL, 
	PRIMARY KEY (seq)
);
INSERT INTO "audit" VALUES(1,'2026-11-01T12:00:00.024Z','desk','system','review_opened','3080bdd3-51ef-408a-8510-2e1b768fb2ef','e6d066a5-d4fe-5a4f-a359-d2bbf9353e82','{"identity_source":"desk","kind":"refund","payload_sha256":"6600675684f8f5c1c9304eda8afb7cdcf839cd218864c6daa45a64219c629600"}','0000000000000000000000000000000000000000000000000000000000000000','6e00ec0f9b2c85c3b7a8fba0f86609db528c2b66ed3aa38e1639f2c3efc802fc');
INSERT INTO "audit" VALUES(2,'2026-11-01T12:00:00.057Z','desk','system','review_opened','2ec093f0-d34d-48a0-b0fb-fdd7bebb5d6c','53a27ce7-e284-5cd1-abf4-1d86d1bdf8ed','{"identity_source":"desk","kind":"escalation","payload_sha256":"cd1c1138c6dfb52fba66940d3f7abf2ff5a7eaaf852b231bd402db1a43496731"}','6e00ec0f9b2c85c3b7a8fba0f86609db528c2b66ed3aa38e1639f2c3efc802fc','31d25173745a28b45621a1747526f21652c6113c1ef6f3d11856d4bbb7d4c1a1');
INSERT INTO "audit" VALUES(3,'2026-11-01T12:00:00.117Z','desk','system','review_opened','c8d11e7d-be3f-43e7-9d9b-9478c61d93f0','8985508f-f1f7-5bd5-bbbd-c3989a850ec1','{"identity_source":"desk","kind":"refund","payload_sha256":"8c70ca4f66ba359df35771f69fd6cc409cdee50d64a4bad8ad93af522911106e"}','31d25173745a28b45621a1747526f21652c6113c1ef6f3d11856d4bbb7d4c1a1','0439798c07f6b5d0e1e50d5779774d4a95b55cf858645e5247e28a1c51b44816');
INSERT INTO "audit" VALUES(4,'2026-11-01T12:00:00.125Z','robin','reviewer','approve','c8d11e7d-be3f-43e7-9d9b-9478c61d93f0','8985508f-f1f7-5bd5-bbbd-c3989a850ec1','{"action":"approve","amount":{"currency":"USD","minor":125000},"changes":[],"decided_at":"2026-11-01T12:00:00.125Z","identity_source":"command-line","note":"seen","payload_sha256":"8c70ca4f66ba359df35771f69fd6cc409cdee50d64a4bad8ad93af522911106e","reason":null,"reply":null,"seat":1,"seen_at":null}','0439798c07f6b5d0e1e50d5779774d4a95b55cf858645e5247e28a1c51b44816','a9c5de48a95cab2ffab63a51d7e11b2a56bdef3da315be4932af38ca4a8588db');
CREATE TABLE decisions (
	decision_id INTEGER NOT NULL, 
	review_id TEXT NOT NULL, 
	seat INTEGER NOT NULL, 
	subject_key TEXT NOT NULL, 
	action TEXT NOT NULL, 
	reason TEXT, 
	note TEXT NOT NULL, 
	amount_minor INTEGER, 
	currency TEXT, 
	reply TEXT, 
	subject TEXT NOT NULL, 
	role TEXT NOT NULL, 
	source TEXT NOT NULL, 
	payload_sha256 TEXT NOT NULL, 
	seen_at TEXT, 
	changes TEXT DEFAULT '[]' NOT NULL, 
	decided_at TEXT NOT NULL, 
	withdrawn_at TEXT, 
	PRIMARY KEY (decision_id)
);
INSERT INTO "decisions" VALUES(1,'8985508f-f1f7-5bd5-bbbd-c3989a850ec1',1,'robin','approve',NULL,'seen',125000,'USD',NULL,'robin','reviewer','command-line','8c70ca4f66ba359df35771f69fd6cc409cdee50d64a4bad8ad93af522911106e',NULL,'[]','2026-11-01T12:00:00.125Z',NULL);
CREATE TABLE deliveries (
	seq INTEGER NOT NULL, 
	delivery_id TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	target TEXT NOT NULL, 
	about TEXT NOT NULL, 
	thread_id TEXT NOT NULL, 
	turn_id TEXT, 
	body TEXT NOT NULL, 
	status TEXT NOT NULL, 
	attempts INTEGER NOT NULL, 
	created_at TEXT NOT NULL, 
	next_at TEXT NOT NULL, 
	give_up_at TEXT, 
	finished_at TEXT, 
	owner TEXT, 
	error TEXT, 
	PRIMARY KEY (seq), 
	UNIQUE (delivery_id)
);
CREATE TABLE endpoints (
	target TEXT NOT NULL, 
	free_at TEXT, 
	rest_until TEXT, 
	failures INTEGER DEFAULT '0' NOT NULL, 
	trouble TEXT, 
	trouble_kind TEXT, 
	trouble_at TEXT, 
	looked_at TEXT, 
	bookmark TEXT, 
	look_trouble TEXT, 
	PRIMARY KEY (target)
);
CREATE TABLE events (
	seq INTEGER NOT NULL, 
	thread_id TEXT NOT NULL, 
	turn_id TEXT, 
	type TEXT NOT NULL, 
	node TEXT, 
	payload TEXT NOT NULL, 
	at TEXT NOT NULL, 
	PRIMARY KEY (seq)
);
INSERT INTO "events" VALUES(1,'3080bdd3-51ef-408a-8510-2e1b768fb2ef','47e325f8-5e10-5374-bda7-8791ebe9984e','MESSAGE_RECEIVED',NULL,'{"status":"waiting"}','2026-11-01T12:00:00.002Z');
INSERT INTO "events" VALUES(2,'3080bdd3-51ef-408a-8510-2e1b768fb2ef','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_STARTED','intake','{"task_id":"fb78598b-68e4-c023-7d6e-ebe36f6caa12"}','2026-11-01T12:00:00.008Z');
INSERT INTO "events" VALUES(3,'3080bdd3-51ef-408a-8510-2e1b768fb2ef','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_FINISHED','intake','{"ms":0.69,"status":"done","task_id":"fb78598b-68e4-c023-7d6e-ebe36f6caa12"}','2026-11-01T12:00:00.009Z');
INSERT INTO "events" VALUES(4,'3080bdd3-51ef-408a-8510-2e1b768fb2ef','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_STARTED','classify','{"task_id":"e8bbfc62-9d94-3509-5ce8-2cae03cf6c2c"}','2026-11-01T12:00:00.010Z');
INSERT INTO "events" VALUES(5,'3080bdd3-51ef-408a-8510-2e1b768fb2ef','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_STARTED','gauge_sentiment','{"task_id":"6e402d4b-d47f-78f8-5dc2-633869b742cf"}','2026-11-01T12:00:00.011Z');
INSERT INTO "events" VALUES(6,'3080bdd3-51ef-408a-8510-2e1b768fb2ef','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_STARTED','retrieve','{"task_id":"d6273358-3352-9a3a-e2ad-1a64ae831972"}','2026-11-01T12:00:00.012Z');
INSERT INTO "events" VALUES(7,'3080bdd3-51ef-408a-8510-2e1b768fb2ef','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_FINISHED','classify','{"ms":3.37,"status":"done","task_id":"e8bbfc62-9d94-3509-5ce8-2cae03cf6c2c"}','2026-11-01T12:00:00.013Z');
INSERT INTO "events" VALUES(8,'3080bdd3-51ef-408a-8510-2e1b768fb2ef','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_FINISHED','gauge_sentiment','{"ms":3.39,"status":"done","task_id":"6e402d4b-d47f-78f8-5dc2-633869b742cf"}','2026-11-01T12:00:00.014Z');
INSERT INTO "events" VALUES(9,'3080bdd3-51ef-408a-8510-2e1b768fb2ef','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_FINISHED','retrieve','{"ms":4.8,"status":"done","task_id":"d6273358-3352-9a3a-e2ad-1a64ae831972"}','2026-11-01T12:00:00.015Z');
INSERT INTO "events" VALUES(10,'3080bdd3-51ef-408a-8510-2e1b768fb2ef','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_STARTED','route','{"task_id":"afdb9683-4b02-9027-a233-e5823624510f"}','2026-11-01T12:00:00.016Z');
INSERT INTO "events" VALUES(11,'3080bdd3-51ef-408a-8510-2e1b768fb2ef','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_FINISHED','route','{"ms":6.31,"status":"done","task_id":"afdb9683-4b02-9027-a233-e5823624510f"}','2026-11-01T12:00:00.017Z');
INSERT INTO "events" VALUES(12,'3080bdd3-51ef-408a-8510-2e1b768fb2ef','47e325f8-5e10-5374-bda7-8791ebe9984e','ROUTED','route','{"lane":"refund","priority":"normal","rules":[{"effect":"lane","inputs":{"answers":null,"confidence":0.9,"intent":"refund"},"name":"lane_refund_decided_by_a_person","threshold":null}],"rules_apply":true,"subject_rule":"lane_refund_decided_by_a_person","tone":"standard","understood":false}','2026-11-01T12:00:00.018Z');
INSERT INTO "events" VALUES(13,'3080bdd3-51ef-408a-8510-2e1b768fb2ef','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_STARTED','assess_refund','{"task_id":"2181c14d-2946-e651-d240-6663d4107f9f"}','2026-11-01T12:00:00.019Z');
INSERT INTO "events" VALUES(14,'3080bdd3-51ef-408a-8510-2e1b768fb2ef','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_FINISHED','assess_refund','{"ms":248.07,"status":"done","task_id":"2181c14d-2946-e651-d240-6663d4107f9f"}','2026-11-01T12:00:00.020Z');
INSERT INTO "events" VALUES(15,'3080bdd3-51ef-408a-8510-2e1b768fb2ef','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_STARTED','human_gate','{"task_id":"a49c0de9-9516-4b6a-d963-08239810d45f"}','2026-11-01T12:00:00.021Z');
INSERT INTO "events" VALUES(16,'3080bdd3-51ef-408a-8510-2e1b768fb2ef','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_FINISHED','human_gate','{"ms":7.31,"status":"paused","task_id":"a49c0de9-9516-4b6a-d963-08239810d45f"}','2026-11-01T12:00:00.022Z');
INSERT INTO "events" VALUES(17,'3080bdd3-51ef-408a-8510-2e1b768fb2ef','47e325f8-5e10-5374-bda7-8791ebe9984e','HITL_TRIGGERED',NULL,'{"kind":"refund","review_id":"e6d066a5-d4fe-5a4f-a359-d2bbf9353e82"}','2026-11-01T12:00:00.025Z');
INSERT INTO "events" VALUES(18,'3080bdd3-51ef-408a-8510-2e1b768fb2ef','47e325f8-5e10-5374-bda7-8791ebe9984e','RESPONSE_COMPLETE',NULL,'{"citations":[],"kind":"holding","text":"Your refund request of $240.00 for order LF-10482 is with a colleague now, who checks every refund in person. You will have the decision by 1 Nov 2026, 20:00 UTC; there is nothing you need to do until then."}','2026-11-01T12:00:00.026Z');
INSERT INTO "events" VALUES(19,'2ec093f0-d34d-48a0-b0fb-fdd7bebb5d6c','3b45c7a0-659f-5b48-b436-29a63cb06f2b','MESSAGE_RECEIVED',NULL,'{"status":"waiting"}','2026-11-01T12:00:00.032Z');
INSERT INTO "events" VALUES(20,'2ec093f0-d34d-48a0-b0fb-fdd7bebb5d6c','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_STARTED','intake','{"task_id":"57f28d03-c677-1aab-1ca2-e7487220b23c"}','2026-11-01T12:00:00.038Z');
INSERT INTO "events" VALUES(21,'2ec093f0-d34d-48a0-b0fb-fdd7bebb5d6c','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_FINISHED','intake','{"ms":0.32,"status":"done","task_id":"57f28d03-c677-1aab-1ca2-e7487220b23c"}','2026-11-01T12:00:00.039Z');
INSERT INTO "events" VALUES(22,'2ec093f0-d34d-48a0-b0fb-fdd7bebb5d6c','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_STARTED','classify','{"task_id":"5e580fcd-8f5b-12e6-9326-9441f8a80fce"}','2026-11-01T12:00:00.040Z');
INSERT INTO "events" VALUES(23,'2ec093f0-d34d-48a0-b0fb-fdd7bebb5d6c','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_STARTED','gauge_sentiment','{"task_id":"ba8aea4f-7736-218b-ae5c-b308a338815b"}','2026-11-01T12:00:00.041Z');
INSERT INTO "events" VALUES(24,'2ec093f0-d34d-48a0-b0fb-fdd7bebb5d6c','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_STARTED','retrieve','{"task_id":"2f7cfc46-eb73-6185-263b-19d59f87355e"}','2026-11-01T12:00:00.042Z');
INSERT INTO "events" VALUES(25,'2ec093f0-d34d-48a0-b0fb-fdd7bebb5d6c','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_FINISHED','classify','{"ms":1.13,"status":"done","task_id":"5e580fcd-8f5b-12e6-9326-9441f8a80fce"}','2026-11-01T12:00:00.043Z');
INSERT INTO "events" VALUES(26,'2ec093f0-d34d-48a0-b0fb-fdd7bebb5d6c','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_FINISHED','gauge_sentiment','{"ms":1.14,"status":"done","task_id":"ba8aea4f-7736-218b-ae5c-b308a338815b"}','2026-11-01T12:00:00.044Z');
INSERT INTO "events" VALUES(27,'2ec093f0-d34d-48a0-b0fb-fdd7bebb5d6c','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_FINISHED','retrieve','{"ms":1.35,"status":"done","task_id":"2f7cfc46-eb73-6185-263b-19d59f87355e"}','2026-11-01T12:00:00.045Z');
INSERT INTO "events" VALUES(28,'2ec093f0-d34d-48a0-b0fb-fdd7bebb5d6c','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_STARTED','route','{"task_id":"23742431-f6a5-a2d7-d344-8543d05c5438"}','2026-11-01T12:00:00.046Z');
INSERT INTO "events" VALUES(29,'2ec093f0-d34d-48a0-b0fb-fdd7bebb5d6c','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_FINISHED','route','{"ms":1.18,"status":"done","task_id":"23742431-f6a5-a2d7-d344-8543d05c5438"}','2026-11-01T12:00:00.047Z');
INSERT INTO "events" VALUES(30,'2ec093f0-d34d-48a0-b0fb-fdd7bebb5d6c','3b45c7a0-659f-5b48-b436-29a63cb06f2b','ROUTED','route','{"lane":"escalation","priority":"normal","rules":[{"effect":"escalate","inputs":{"person_confidence":0.9},"name":"person_requested","threshold":null},{"effect":"lane","inputs":{"answers":null,"confidence":0.9,"intent":"unknown"},"name":"lane_escalation","threshold":null}],"rules_apply":true,"subject_rule":"lane_unknown","tone":"standard","understood":false}','2026-11-01T12:00:00.048Z');
INSERT INTO "events" VALUES(31,'2ec093f0-d34d-48a0-b0fb-fdd7bebb5d6c','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_STARTED','prepare_handoff','{"task_id":"81a71488-b927-5549-96bf-cdb2f9284208"}','2026-11-01T12:00:00.049Z');
INSERT INTO "events" VALUES(32,'2ec093f0-d34d-48a0-b0fb-fdd7bebb5d6c','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_FINISHED','prepare_handoff','{"ms":4.33,"status":"done","task_id":"81a71488-b927-5549-96bf-cdb2f9284208"}','2026-11-01T12:00:00.051Z');
INSERT INTO "events" VALUES(33,'2ec093f0-d34d-48a0-b0fb-fdd7bebb5d6c','3b45c7a0-659f-5b48-b436-29a63cb06f2b','TICKET_CREATED','prepare_handoff','{"number":"T-1001"}','2026-11-01T12:00:00.052Z');
INSERT INTO "events" VALUES(34,'2ec093f0-d34d-48a0-b0fb-fdd7bebb5d6c','3b45c7a0-659f-5b48-b436-29a63cb06f2b','ESCALATED','prepare_handoff','{"priority":"normal"}','2026-11-01T12:00:00.053Z');
INSERT INTO "events" VALUES(35,'2ec093f0-d34d-48a0-b0fb-fdd7bebb5d6c','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_STARTED','human_handoff','{"task_id":"127a2884-78c9-2c18-433a-5ca1dd8da1a7"}','2026-11-01T12:00:00.054Z');
INSERT INTO "events" VALUES(36,'2ec093f0-d34d-48a0-b0fb-fdd7bebb5d6c','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_FINISHED','human_handoff','{"ms":1.35,"status":"paused","task_id":"127a2884-78c9-2c18-433a-5ca1dd8da1a7"}','2026-11-01T12:00:00.055Z');
INSERT INTO "events" VALUES(37,'2ec093f0-d34d-48a0-b0fb-fdd7bebb5d6c','3b45c7a0-659f-5b48-b436-29a63cb06f2b','HITL_TRIGGERED',NULL,'{"kind":"escalation","review_id":"53a27ce7-e284-5cd1-abf4-1d86d1bdf8ed"}','2026-11-01T12:00:00.058Z');
INSERT INTO "events" VALUES(38,'2ec093f0-d34d-48a0-b0fb-fdd7bebb5d6c','3b45c7a0-659f-5b48-b436-29a63cb06f2b','RESPONSE_COMPLETE',NULL,'{"citations":[],"kind":"holding","text":"I''m passing this on to a colleague, together with everything you wrote, so you won''t have to repeat it. You will have an answer by 1 Nov 2026, 20:00 UTC. Your ticket is T-1001."}','2026-11-01T12:00:00.059Z');
INSERT INTO "events" VALUES(39,'f8e5f732-c7eb-4a26-b35d-5c737f836774','06d12b87-d845-5a2a-8cb4-7baf66ee6756','MESSAGE_RECEIVED',NULL,'{"status":"waiting"}','2026-11-01T12:00:00.065Z');
INSERT INTO "events" VALUES(40,'f8e5f732-c7eb-4a26-b35d-5c737f836774','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_STARTED','intake','{"task_id":"e7990bd0-ddf7-7d82-0402-9f75c937ed19"}','2026-11-01T12:00:00.071Z');
INSERT INTO "events" VALUES(41,'f8e5f732-c7eb-4a26-b35d-5c737f836774','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_FINISHED','intake','{"ms":0.76,"status":"done","task_id":"e7990bd0-ddf7-7d82-0402-9f75c937ed19"}','2026-11-01T12:00:00.072Z');
INSERT INTO "events" VALUES(42,'f8e5f732-c7eb-4a26-b35d-5c737f836774','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_STARTED','classify','{"task_id":"fa24b0ce-3c1b-7d49-4075-90728baf0e14"}','2026-11-01T12:00:00.073Z');
INSERT INTO "events" VALUES(43,'f8e5f732-c7eb-4a26-b35d-5c737f836774','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_STARTED','gauge_sentiment','{"task_id":"d3cdbde2-2957-07a6-826c-cf425b87c991"}','2026-11-01T12:00:00.074Z');
INSERT INTO "events" VALUES(44,'f8e5f732-c7eb-4a26-b35d-5c737f836774','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_STARTED','retrieve','{"task_id":"de0d89a3-3880-4348-c614-9620c1200b20"}','2026-11-01T12:00:00.075Z');
INSERT INTO "events" VALUES(45,'f8e5f732-c7eb-4a26-b35d-5c737f836774','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_FINISHED','classify','{"ms":1.39,"status":"done","task_id":"fa24b0ce-3c1b-7d49-4075-90728baf0e14"}','2026-11-01T12:00:00.076Z');
INSERT INTO "events" VALUES(46,'f8e5f732-c7eb-4a26-b35d-5c737f836774','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_FINISHED','gauge_sentiment','{"ms":1.42,"status":"done","task_id":"d3cdbde2-2957-07a6-826c-cf425b87c991"}','2026-11-01T12:00:00.077Z');
INSERT INTO "events" VALUES(47,'f8e5f732-c7eb-4a26-b35d-5c737f836774','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_FINISHED','retrieve','{"ms":1.8,"status":"done","task_id":"de0d89a3-3880-4348-c614-9620c1200b20"}','2026-11-01T12:00:00.078Z');
INSERT INTO "events" VALUES(48,'f8e5f732-c7eb-4a26-b35d-5c737f836774','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_STARTED','route','{"task_id":"55d8e3ba-2922-2711-e646-674f08ee81c6"}','2026-11-01T12:00:00.079Z');
INSERT INTO "events" VALUES(49,'f8e5f732-c7eb-4a26-b35d-5c737f836774','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_FINISHED','route','{"ms":1.65,"status":"done","task_id":"55d8e3ba-2922-2711-e646-674f08ee81c6"}','2026-11-01T12:00:00.080Z');
INSERT INTO "events" VALUES(50,'f8e5f732-c7eb-4a26-b35d-5c737f836774','06d12b87-d845-5a2a-8cb4-7baf66ee6756','ROUTED','route','{"lane":"order","priority":"normal","rules":[{"effect":"lane","inputs":{"answers":null,"confidence":0.9,"intent":"order"},"name":"lane_order","threshold":null}],"rules_apply":true,"subject_rule":"lane_order","tone":"standard","understood":false}','2026-11-01T12:00:00.081Z');
INSERT INTO "events" VALUES(51,'f8e5f732-c7eb-4a26-b35d-5c737f836774','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_STARTED','identify_order','{"task_id":"0dc9aed7-1e5b-1514-bd52-7f9e22ba8aba"}','2026-11-01T12:00:00.082Z');
INSERT INTO "events" VALUES(52,'f8e5f732-c7eb-4a26-b35d-5c737f836774','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_FINISHED','identify_order','{"ms":2.32,"status":"done","task_id":"0dc9aed7-1e5b-1514-bd52-7f9e22ba8aba"}','2026-11-01T12:00:00.083Z');
INSERT INTO "events" VALUES(53,'f8e5f732-c7eb-4a26-b35d-5c737f836774','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_STARTED','confirm_order','{"task_id":"18ebb8b5-59b1-53f1-3a83-42d54f9e2f51"}','2026-11-01T12:00:00.084Z');
INSERT INTO "events" VALUES(54,'f8e5f732-c7eb-4a26-b35d-5c737f836774','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_FINISHED','confirm_order','{"ms":0.82,"status":"done","task_id":"18ebb8b5-59b1-53f1-3a83-42d54f9e2f51"}','2026-11-01T12:00:00.085Z');
INSERT INTO "events" VALUES(55,'f8e5f732-c7eb-4a26-b35d-5c737f836774','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_STARTED','record','{"task_id":"c7f5a229-36cf-91ac-4c90-623054d74639"}','2026-11-01T12:00:00.086Z');
INSERT INTO "events" VALUES(56,'f8e5f732-c7eb-4a26-b35d-5c737f836774','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_FINISHED','record','{"ms":0.44,"status":"done","task_id":"c7f5a229-36cf-91ac-4c90-623054d74639"}','2026-11-01T12:00:00.087Z');
INSERT INTO "events" VALUES(57,'f8e5f732-c7eb-4a26-b35d-5c737f836774','06d12b87-d845-5a2a-8cb4-7baf66ee6756','RESPONSE_COMPLETE',NULL,'{"citations":[],"kind":"final","text":"This is order LF-10377 of 31 Oct 2026: 1 × Marlow sneakers (size 9), 1 × Lambswool scarf, $111.00 paid. Shall I cancel order LF-10377? Please answer yes or no; nothing happens before your yes."}','2026-11-01T12:00:00.090Z');
INSERT INTO "events" VALUES(58,'c8d11e7d-be3f-43e7-9d9b-9478c61d93f0','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','MESSAGE_RECEIVED',NULL,'{"status":"waiting"}','2026-11-01T12:00:00.095Z');
INSERT INTO "events" VALUES(59,'c8d11e7d-be3f-43e7-9d9b-9478c61d93f0','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','NODE_STARTED','intake','{"task_id":"c16e85df-b700-44b5-5e7a-6483238ecf61"}','2026-11-01T12:00:00.101Z');
INSERT INTO "events" VALUES(60,'c8d11e7d-be3f-43e7-9d9b-9478c61d93f0','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','NODE_FINISHED','intake','{"ms":0.66,"status":"done","task_id":"c16e85df-b700-44b5-5e7a-6483238ecf61"}','2026-11-01T12:00:00.102Z');
INSERT INTO "events" VALUES(61,'c8d11e7d-be3f-43e7-9d9b-9478c61d93f0','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','NODE_STARTED','classify','{"task_id":"96e5f89e-3388-9ed7-1b2f-13881f73c4d8"}','2026-11-01T12:00:00.103Z');
INSERT INTO "events" VALUES(62,'c8d11e7d-be3f-43e7-9d9b-9478c61d93f0','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','NODE_STARTED','gauge_sentiment','{"task_id":"4ec1dcf1-cd16-cc81-9949-11eceab27c15"}','2026-11-01T12:00:00.104Z');
INSERT INTO "events" VALUES(63,'c8d11e7d-be3f-43e7-9d9b-9478c61d93f0','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','NODE_STARTED','retrieve','{"task_id":"def3470e-9845-8e44-8157-196c6cedb8d8"}','2026-11-01T12:00:00.105Z');
INSERT INTO "events" VALUES(64,'c8d11e7d-be3f-43e7-9d9b-9478c61d93f0','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','NODE_FINISHED','classify','{"ms":0.92,"status":"done","task_id":"96e5f89e-3388-9ed7-1b2f-13881f73c4d8"}','2026-11-01T12:00:00.106Z');
INSERT INTO "events" VALUES(65,'c8d11e7d-be3f-43e7-9d9b-9478c61d93f0','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','NODE_FINISHED','gauge_sentiment','{"ms":0.93,"status":"done","task_id":"4ec1dcf1-cd16-cc81-9949-11eceab27c15"}','2026-11-01T12:00:00.107Z');
INSERT INTO "events" VALUES(66,'c8d11e7d-be3f-43e7-9d9b-9478c61d93f0','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','NODE_FINISHED','retrieve','{"ms":1.29,"status":"done","task_id":"def3470e-9845-8e44-8157-196c6cedb8d8"}','2026-11-01T12:00:00.108Z');
INSERT INTO "events" VALUES(67,'c8d11e7d-be3f-43e7-9d9b-9478c61d93f0','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','NODE_STARTED','route','{"task_id":"6d400868-23bf-f00d-bed2-7b9ad7d4e77f"}','2026-11-01T12:00:00.109Z');
INSERT INTO "events" VALUES(68,'c8d11e7d-be3f-43e7-9d9b-9478c61d93f0','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','NODE_FINISHED','route','{"ms":3.01,"status":"done","task_id":"6d400868-23bf-f00d-bed2-7b9ad7d4e77f"}','2026-11-01T12:00:00.110Z');
INSERT INTO "events" VALUES(69,'c8d11e7d-be3f-43e7-9d9b-9478c61d93f0','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','ROUTED','route','{"lane":"refund","priority":"normal","rules":[{"effect":"lane","inputs":{"answers":null,"confidence":0.9,"intent":"refund"},"name":"lane_refund_decided_by_a_person","threshold":null}],"rules_apply":true,"subject_rule":"lane_refund_decided_by_a_person","tone":"standard","understood":false}','2026-11-01T12:00:00.111Z');
INSERT INTO "events" VALUES(70,'c8d11e7d-be3f-43e7-9d9b-9478c61d93f0','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','NODE_STARTED','assess_refund','{"task_id":"ad5cb752-be83-a8c8-5249-a528c04e31de"}','2026-11-01T12:00:00.112Z');
INSERT INTO "events" VALUES(71,'c8d11e7d-be3f-43e7-9d9b-9478c61d93f0','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','NODE_FINISHED','assess_refund','{"ms":6.2,"status":"done","task_id":"ad5cb752-be83-a8c8-5249-a528c04e31de"}','2026-11-01T12:00:00.113Z');
INSERT INTO "events" VALUES(72,'c8d11e7d-be3f-43e7-9d9b-9478c61d93f0','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','NODE_STARTED','human_gate','{"task_id":"2ce40b3f-323e-4a58-329d-97b53071d428"}','2026-11-01T12:00:00.114Z');
INSERT INTO "events" VALUES(73,'c8d11e7d-be3f-43e7-9d9b-9478c61d93f0','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','NODE_FINISHED','human_gate','{"ms":2.92,"status":"paused","task_id":"2ce40b3f-323e-4a58-329d-97b53071d428"}','2026-11-01T12:00:00.115Z');
INSERT INTO "events" VALUES(74,'c8d11e7d-be3f-43e7-9d9b-9478c61d93f0','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','HITL_TRIGGERED',NULL,'{"kind":"refund","review_id":"8985508f-f1f7-5bd5-bbbd-c3989a850ec1"}','2026-11-01T12:00:00.118Z');
INSERT INTO "events" VALUES(75,'c8d11e7d-be3f-43e7-9d9b-9478c61d93f0','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','RESPONSE_COMPLETE',NULL,'{"citations":[],"kind":"holding","text":"Your refund request for order LF-10495 is with a colleague now, who checks every refund in person. You will have the decision by 1 Nov 2026, 20:00 UTC; there is nothing you need to do until then."}','2026-11-01T12:00:00.119Z');
INSERT INTO "events" VALUES(76,'c8d11e7d-be3f-43e7-9d9b-9478c61d93f0','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','HITL_RESOLVED',NULL,'{"action":"approve","by":"robin","review_id":"8985508f-f1f7-5bd5-bbbd-c3989a850ec1"}','2026-11-01T12:00:00.125Z');
INSERT INTO "events" VALUES(77,'c8d11e7d-be3f-43e7-9d9b-9478c61d93f0','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','NODE_STARTED','human_gate','{"task_id":"2ce40b3f-323e-4a58-329d-97b53071d428"}','2026-11-01T12:00:00.132Z');
INSERT INTO "events" VALUES(78,'c8d11e7d-be3f-43e7-9d9b-9478c61d93f0','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','NODE_FINISHED','human_gate','{"ms":3.28,"status":"done","task_id":"2ce40b3f-323e-4a58-329d-97b53071d428"}','2026-11-01T12:00:00.133Z');
INSERT INTO "events" VALUES(79,'c8d11e7d-be3f-43e7-9d9b-9478c61d93f0','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','NODE_STARTED','second_gate','{"task_id":"a0da6e4b-cc41-831a-0427-e83a9016b248"}','2026-11-01T12:00:00.134Z');
INSERT INTO "events" VALUES(80,'c8d11e7d-be3f-43e7-9d9b-9478c61d93f0','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','NODE_FINISHED','second_gate','{"ms":1.15,"status":"paused","task_id":"a0da6e4b-cc41-831a-0427-e83a9016b248"}','2026-11-01T12:00:00.135Z');
INSERT INTO "events" VALUES(81,'c8d11e7d-be3f-43e7-9d9b-9478c61d93f0','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','HITL_TRIGGERED',NULL,'{"kind":"refund","review_id":"8985508f-f1f7-5bd5-bbbd-c3989a850ec1","seat":2}','2026-11-01T12:00:00.137Z');
CREATE TABLE gap_questions (
	turn_id TEXT NOT NULL, 
	gap_id TEXT NOT NULL, 
	PRIMARY KEY (turn_id)
);
CREATE TABLE inbox (
	seq INTEGER NOT NULL, 
	message_id TEXT NOT NULL, 
	turn_id TEXT NOT NULL, 
	thread_id TEXT NOT NULL, 
	text TEXT NOT NULL, 
	status TEXT NOT NULL, 
	received_at TEXT NOT NULL, 
	finished_at TEXT, 
	attempts INTEGER NOT NULL, 
	review_id TEXT, 
	record TEXT, 
	error TEXT, 
	traceparent TEXT, 
	PRIMARY KEY (seq), 
	UNIQUE (message_id), 
	UNIQUE (turn_id)
);
INSERT INTO "inbox" VALUES(1,'golden-refund','47e325f8-5e10-5374-bda7-8791ebe9984e','3080bdd3-51ef-408a-8510-2e1b768fb2ef','refund of $240 for order LF-10482','paused','2026-11-01T12:00:00.002Z','2026-11-01T12:00:00.024Z',1,'e6d066a5-d4fe-5a4f-a359-d2bbf9353e82','{"action_result":null,"answer_confidence":null,"awaiting":null,"citations":[],"classification":{"asks_for_person":false,"category":"general","category_confidence":0.9,"confidence":0.9,"entities":{"address":null,"amount":{"currency":"USD","minor":24000},"delivery":null,"email":null,"order_number":"LF-10482"},"intent":"refund","language":null,"order_action":"status","person_confidence":0.1,"scores":{"faq":0.1,"issue":0.0,"order":0.0,"refund":0.9,"unknown":0.0},"topic":"general","topic_confidence":0.9},"engine":"keyword stand-in","engine_calls":[],"hits":[{"article_id":"delivery","chunk_id":"delivery#0","relevance":0.2,"similarity":0.5,"text":"Standard delivery takes 3 to 5 working days.","title":"How long does delivery take?"}],"language":"en","memory":null,"policy":"default v1 (f8b49b7b)","reply":"Your refund request of $240.00 for order LF-10482 is with a colleague now, who checks every refund in person. You will have the decision by 1 Nov 2026, 20:00 UTC; there is nothing you need to do until then.","review_id":"e6d066a5-d4fe-5a4f-a359-d2bbf9353e82","routing":{"lane":"refund","priority":"normal","rules":[{"effect":"lane","inputs":{"answers":null,"confidence":0.9,"intent":"refund"},"name":"lane_refund_decided_by_a_person","threshold":null}],"rules_apply":true,"subject_rule":"lane_refund_decided_by_a_person","tone":"standard","understood":false},"sentiment":{"confidence":0.9,"label":"neutral","score":0.0,"signals":[]},"summary":"","ticket":null,"timings":{"assess_refund":248.07,"classify":3.37,"gauge_sentiment":3.39,"intake":0.69,"retrieve":4.8,"route":6.31},"tool_calls":[]}',NULL,NULL);
INSERT INTO "inbox" VALUES(2,'golden-escalation','3b45c7a0-659f-5b48-b436-29a63cb06f2b','2ec093f0-d34d-48a0-b0fb-fdd7bebb5d6c','a human please','paused','2026-11-01T12:00:00.032Z','2026-11-01T12:00:00.057Z',1,'53a27ce7-e284-5cd1-abf4-1d86d1bdf8ed','{"action_result":null,"answer_confidence":null,"awaiting":null,"citations":[],"classification":{"asks_for_person":true,"category":"general","category_confidence":0.9,"confidence":0.9,"entities":{"address":null,"amount":null,"delivery":null,"email":null,"order_number":null},"intent":"unknown","language":null,"order_action":"status","person_confidence":0.9,"scores":{"faq":0.1,"issue":0.0,"order":0.0,"refund":0.9,"unknown":0.0},"topic":"general","topic_confidence":0.9},"engine":"keyword stand-in","engine_calls":[],"hits":[{"article_id":"delivery","chunk_id":"delivery#0","relevance":0.2,"similarity":0.5,"text":"Standard delivery takes 3 to 5 working days.","title":"How long does delivery take?"}],"language":"en","memory":{"dropped":[],"tokens":20},"policy":"default v1 (f8b49b7b)","reply":"I''m passing this on to a colleague, together with everything you wrote, so you won''t have to repeat it. You will have an answer by 1 Nov 2026, 20:00 UTC. Your ticket is T-1001.","review_id":"53a27ce7-e284-5cd1-abf4-1d86d1bdf8ed","routing":{"lane":"escalation","priority":"normal","rules":[{"effect":"escalate","inputs":{"person_confidence":0.9},"name":"person_requested","threshold":null},{"effect":"lane","inputs":{"answers":null,"confidence":0.9,"intent":"unknown"},"name":"lane_escalation","threshold":null}],"rules_apply":true,"subject_rule":"lane_unknown","tone":"standard","understood":false},"sentiment":{"confidence":0.9,"label":"neutral","score":0.0,"signals":[]},"summary":"","ticket":"T-1001","timings":{"classify":1.13,"gauge_sentiment":1.14,"intake":0.32,"prepare_handoff":4.33,"retrieve":1.35,"route":1.18},"tool_calls":[]}',NULL,NULL);
INSERT INTO "inbox" VALUES(3,'golden-order','06d12b87-d845-5a2a-8cb4-7baf66ee6756','f8e5f732-c7eb-4a26-b35d-5c737f836774','cancel order LF-10377','done','2026-11-01T12:00:00.065Z','2026-11-01T12:00:00.088Z',1,NULL,'{"action_result":null,"answer_confidence":null,"awaiting":"order_yes","citations":[],"classification":{"asks_for_person":false,"category":"general","category_confidence":0.9,"confidence":0.9,"entities":{"address":null,"amount":null,"delivery":null,"email":null,"order_number":"LF-10377"},"intent":"order","language":null,"order_action":"cancel","person_confidence":0.1,"scores":{"faq":0.1,"issue":0.0,"order":0.0,"refund":0.9,"unknown":0.0},"topic":"general","topic_confidence":0.9},"engine":"keyword stand-in","engine_calls":[],"hits":[{"article_id":"delivery","chunk_id":"delivery#0","relevance":0.2,"similarity":0.5,"text":"Standard delivery takes 3 to 5 working days.","title":"How long does delivery take?"}],"language":"en","memory":null,"policy":"default v1 (f8b49b7b)","reply":"This is order LF-10377 of 31 Oct 2026: 1 × Marlow sneakers (size 9), 1 × Lambswool scarf, $111.00 paid. Shall I cancel order LF-10377? Please answer yes or no; nothing happens before your yes.","review_id":null,"routing":{"lane":"order","priority":"normal","rules":[{"effect":"lane","inputs":{"answers":null,"confidence":0.9,"intent":"order"},"name":"lane_order","threshold":null}],"rules_apply":true,"subject_rule":"lane_order","tone":"standard","understood":false},"sentiment":{"confidence":0.9,"label":"neutral","score":0.0,"signals":[]},"summary":"","ticket":null,"timings":{"classify":1.39,"confirm_order":0.82,"gauge_sentiment":1.42,"identify_order":2.32,"intake":0.76,"record":0.44,"retrieve":1.8,"route":1.65},"tool_calls":[{"arguments":{"number":"LF-10377"},"detail":"","outcome":"done","tool":"get_order_by_id"}]}',NULL,NULL);
INSERT INTO "inbox" VALUES(4,'golden-large','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','c8d11e7d-be3f-43e7-9d9b-9478c61d93f0','refund for order LF-10495','paused','2026-11-01T12:00:00.095Z','2026-11-01T12:00:00.117Z',1,'8985508f-f1f7-5bd5-bbbd-c3989a850ec1','{"action_result":null,"answer_confidence":null,"awaiting":null,"citations":[],"classification":{"asks_for_person":false,"category":"general","category_confidence":0.9,"confidence":0.9,"entities":{"address":null,"amount":null,"delivery":null,"email":null,"order_number":"LF-10495"},"intent":"refund","language":null,"order_action":"status","person_confidence":0.1,"scores":{"faq":0.1,"issue":0.0,"order":0.0,"refund":0.9,"unknown":0.0},"topic":"general","topic_confidence":0.9},"engine":"keyword stand-in","engine_calls":[],"hits":[{"article_id":"delivery","chunk_id":"delivery#0","relevance":0.2,"similarity":0.5,"text":"Standard delivery takes 3 to 5 working days.","title":"How long does delivery take?"}],"language":"en","memory":null,"policy":"default v1 (f8b49b7b)","reply":"Your refund request for order LF-10495 is with a colleague now, who checks every refund in person. You will have the decision by 1 Nov 2026, 20:00 UTC; there is nothing you need to do until then.","review_id":"8985508f-f1f7-5bd5-bbbd-c3989a850ec1","routing":{"lane":"refund","priority":"normal","rules":[{"effect":"lane","inputs":{"answers":null,"confidence":0.9,"intent":"refund"},"name":"lane_refund_decided_by_a_person","threshold":null}],"rules_apply":true,"subject_rule":"lane_refund_decided_by_a_person","tone":"standard","understood":false},"sentiment":{"confidence":0.9,"label":"neutral","score":0.0,"signals":[]},"summary":"","ticket":null,"timings":{"assess_refund":6.2,"classify":0.92,"gauge_sentiment":0.93,"intake":0.66,"retrieve":1.29,"route":3.01},"tool_calls":[]}',NULL,NULL);
CREATE TABLE ingestions (
	ingestion_id TEXT NOT NULL, 
	source TEXT NOT NULL, 
	started_by TEXT NOT NULL, 
	started_at TEXT NOT NULL, 
	finished_at TEXT, 
	status TEXT NOT NULL, 
	report TEXT NOT NULL, 
	PRIMARY KEY (ingestion_id)
);
CREATE TABLE labels (
	turn_id TEXT NOT NULL, 
	subject_key TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	sample TEXT NOT NULL, 
	verdict TEXT NOT NULL, 
	note TEXT NOT NULL, 
	at TEXT NOT NULL, 
	PRIMARY KEY (turn_id, subject_key)
);
CREATE TABLE ledger (
	"key" TEXT NOT NULL, 
	review_id TEXT NOT NULL, 
	thread_id TEXT NOT NULL, 
	order_number TEXT, 
	amount_minor INTEGER NOT NULL, 
	currency TEXT NOT NULL, 
	reference TEXT, 
	entered_at TEXT NOT NULL, 
	paid_at TEXT, 
	PRIMARY KEY ("key"), 
	CHECK (amount_minor > 0)
);
CREATE TABLE people (
	subject_key TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	role TEXT NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	PRIMARY KEY (subject_key)
);
CREATE TABLE policies (
	version INTEGER NOT NULL, 
	fields TEXT NOT NULL, 
	author TEXT NOT NULL, 
	role TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	at TEXT NOT NULL, 
	restored_from INTEGER, 
	PRIMARY KEY (version)
);
CREATE TABLE ratings (
	turn_id TEXT NOT NULL, 
	thread_id TEXT NOT NULL, 
	rating INTEGER NOT NULL, 
	comment TEXT NOT NULL, 
	at TEXT NOT NULL, 
	PRIMARY KEY (turn_id), 
	CHECK (rating BETWEEN 1 AND 5)
);
CREATE TABLE replies (
	seq INTEGER NOT NULL, 
	reply_id TEXT NOT NULL, 
	thread_id TEXT NOT NULL, 
	turn_id TEXT NOT NULL, 
	who TEXT NOT NULL, 
	author TEXT NOT NULL, 
	text TEXT NOT NULL, 
	citations TEXT NOT NULL, 
	at TEXT NOT NULL, 
	PRIMARY KEY (seq), 
	UNIQUE (reply_id)
);
INSERT INTO "replies" VALUES(1,'47e325f8-5e10-5374-bda7-8791ebe9984e:holding','3080bdd3-51ef-408a-8510-2e1b768fb2ef','47e325f8-5e10-5374-bda7-8791ebe9984e','agent','agent','Your refund request of $240.00 for order LF-10482 is with a colleague now, who checks every refund in person. You will have the decision by 1 Nov 2026, 20:00 UTC; there is nothing you need to do until then.','[]','2026-11-01T12:00:00.024Z');
INSERT INTO "replies" VALUES(2,'3b45c7a0-659f-5b48-b436-29a63cb06f2b:holding','2ec093f0-d34d-48a0-b0fb-fdd7bebb5d6c','3b45c7a0-659f-5b48-b436-29a63cb06f2b','agent','agent','I''m passing this on to a colleague, together with everything you wrote, so you won''t have to repeat it. You will have an answer by 1 Nov 2026, 20:00 UTC. Your ticket is T-1001.','[]','2026-11-01T12:00:00.057Z');
INSERT INTO "replies" VALUES(3,'06d12b87-d845-5a2a-8cb4-7baf66ee6756:final','f8e5f732-c7eb-4a26-b35d-5c737f836774','06d12b87-d845-5a2a-8cb4-7baf66ee6756','agent','agent','This is order LF-10377 of 31 Oct 2026: 1 × Marlow sneakers (size 9), 1 × Lambswool scarf, $111.00 paid. Shall I cancel order LF-10377? Please answer yes or no; nothing happens before your yes.','[]','2026-11-01T12:00:00.088Z');
INSERT INTO "replies" VALUES(4,'fc1f4072-f6ca-57eb-aea4-81242dc0fe1f:holding','c8d11e7d-be3f-43e7-9d9b-9478c61d93f0','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','agent','agent','Your refund request for order LF-10495 is with a colleague now, who checks every refund in person. You will have the decision by 1 Nov 2026, 20:00 UTC; there is nothing you need to do until then.','[]','2026-11-01T12:00:00.117Z');
CREATE TABLE reviews (
	seq INTEGER NOT NULL, 
	review_id TEXT NOT NULL, 
	thread_id TEXT NOT NULL, 
	turn_id TEXT NOT NULL, 
	interrupt_id TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	status TEXT NOT NULL, 
	priority TEXT NOT NULL, 
	due_at TEXT NOT NULL, 
	expires_at TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	requester TEXT NOT NULL, 
	request TEXT NOT NULL, 
	order_number TEXT, 
	amount_minor INTEGER, 
	currency TEXT, 
	recommendation TEXT NOT NULL, 
	clauses TEXT NOT NULL, 
	payload TEXT NOT NULL, 
	payload_sha256 TEXT NOT NULL, 
	graph_version TEXT NOT NULL, 
	team TEXT DEFAULT 'billing' NOT NULL, 
	reason TEXT DEFAULT '' NOT NULL, 
	look_alike TEXT DEFAULT '' NOT NULL, 
	check_case TEXT, 
	claimed_by TEXT, 
	claimed_until TEXT, 
	first_claimed_at TEXT, 
	held_until TEXT, 
	second_interrupt_id TEXT, 
	decided_at TEXT, 
	decided_by TEXT, 
	decided_action TEXT, 
	PRIMARY KEY (seq), 
	UNIQUE (thread_id, interrupt_id), 
	UNIQUE (review_id)
);
INSERT INTO "reviews" VALUES(1,'e6d066a5-d4fe-5a4f-a359-d2bbf9353e82','3080bdd3-51ef-408a-8510-2e1b768fb2ef','47e325f8-5e10-5374-bda7-8791ebe9984e','2593943f882052cb053c790080b02304','refund','pending','normal','2026-11-01T20:00:00.002Z','2026-11-04T12:00:00.002Z','2026-11-01T12:00:00.023Z','C-1001','refund of $240 for order LF-10482','LF-10482',24000,'USD','approve','[{"fact":"Order LF-10482 found","id":"order_known","source":"order store","text":"The order exists","verdict":"pass"},{"fact":"Order belongs to C-1001, asked by C-1001","id":"owner","source":"order store, sign-in","text":"The order is this customer''s","verdict":"pass"},{"fact":"Delivered on 2026-10-26","id":"delivered","source":"order store, shipment","text":"The goods were delivered","verdict":"pass"},{"fact":"6 days since delivery, 30 allowed","id":"window","source":"order store, policy","text":"Asked within 30 days of delivery","verdict":"pass"},{"fact":"$0.00 refunded before","id":"not_refunded","source":"order store, ledger","text":"Nothing was refunded before","verdict":"pass"},{"fact":"$240.00 asked, $240.00 of $240.00 left","id":"amount","source":"message, order store, ledger","text":"No more than was paid","verdict":"pass"},{"fact":"All items refundable","id":"refundable","source":"order store, items","text":"The items may be returned","verdict":"pass"},{"fact":"0 refunds in 180 days, 3 are usual","id":"no_fraud_signals","source":"order store, ledger, policy","text":"No sign of fraud","verdict":"pass"}]','{"action_requests":[{"args":{"amount":"240","currency":"USD"},"description":"Refund of $240.00 for order LF-10482","name":"issue_refund"}],"amount":{"currency":"USD","minor":24000},"due_at":"2026-11-01T20:00:00.002Z","evidence":{"answer":"","citations":[],"clauses":[{"fact":"Order LF-10482 found","id":"order_known","source":"order store","text":"The order exists","verdict":"pass"},{"fact":"Order belongs to C-1001, asked by C-1001","id":"owner","source":"order store, sign-in","text":"The order is this customer''s","verdict":"pass"},{"fact":"Delivered on 2026-10-26","id":"delivered","source":"order store, shipment","text":"The goods were delivered","verdict":"pass"},{"fact":"6 days since delivery, 30 allowed","id":"window","source":"order store, policy","text":"Asked within 30 days of delivery","verdict":"pass"},{"fact":"$0.00 refunded before","id":"not_refunded","source":"order store, ledger","text":"Nothing was refunded before","verdict":"pass"},{"fact":"$240.00 asked, $240.00 of $240.00 left","id":"amount","source":"message, order store, ledger","text":"No more than was paid","verdict":"pass"},{"fact":"All items refundable","id":"refundable","source":"order store, items","text":"The items may be returned","verdict":"pass"},{"fact":"0 refunds in 180 days, 3 are usual","id":"no_fraud_signals","source":"order store, ledger, policy","text":"No sign of fraud","verdict":"pass"}],"draft":"","emotional_state":"neutral (+0.00)","hits":[],"order":null,"past_refunds":[],"question":"","reasons":["Every clause of the refund policy holds"],"recommendation":"approve","refund":{"already_refunded":{"currency":"USD","minor":0},"asked":{"currency":"USD","minor":24000},"days_since_delivery":6,"order":{"address":{"city":"Portland, OR","country":"US","street":"27 Juniper Lane","zip":"97214"},"carrier":"Parcelway","customer_id":"C-1001","customer_name":"Maya Chen","customer_tier":"standard","delivered_at":"2026-10-26T11:00:00.001Z","delivery":"standard","items":[{"final_sale":false,"name":"Walnut lounge chair","quantity":1,"refundable":true,"sku":"HM-320","unit_minor":24000,"variant":""}],"number":"LF-10482","paid":{"currency":"USD","minor":24000},"placed_at":"2026-10-22T11:00:00.001Z","refunded":{"currency":"USD","minor":0},"shipped_at":"2026-10-23T11:00:00.001Z","status":"delivered","tracking":"PW8869666706","version":1},"order_number":"LF-10482","paid":{"currency":"USD","minor":24000},"past_refunds":[],"proposed":{"currency":"USD","minor":24000},"recent_refunds":0},"request":"refund of $240 for order LF-10482","rules":[{"effect":"lane","inputs":{"answers":null,"confidence":0.9,"intent":"refund"},"name":"lane_refund_decided_by_a_person","threshold":null}],"sentiment_scores":[0.0],"suggestion":"","summary":"Refund of $240.00 for order LF-10482","ticket_number":null,"transcript":[{"text":"refund of $240 for order LF-10482","who":"customer"}]},"expires_at":"2026-11-04T12:00:00.002Z","four_eyes_above":500,"kind":"refund","priority":"normal","requester":"C-1001","review_configs":[{"action_name":"issue_refund","allowed_decisions":["approve","edit","reject","respond"]}],"team":"billing","turn_id":"47e325f8-5e10-5374-bda7-8791ebe9984e"}','6600675684f8f5c1c9304eda8afb7cdcf839cd218864c6daa45a64219c629600','6cf33458df6a','billing','all_clauses_hold','approve|USD<=500|order_known=pass,owner=pass,delivered=pass,window=pass,not_refunded=pass,amount=pass,refundable=pass,no_fraud_signals=pass',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "reviews" VALUES(2,'53a27ce7-e284-5cd1-abf4-1d86d1bdf8ed','2ec093f0-d34d-48a0-b0fb-fdd7bebb5d6c','3b45c7a0-659f-5b48-b436-29a63cb06f2b','aa4f7efb91bbb40f6c865f8fb556e51d','escalation','pending','normal','2026-11-01T20:00:00.032Z','2026-11-04T12:00:00.032Z','2026-11-01T12:00:00.056Z','C-1002','a human please',NULL,NULL,NULL,'look closer','[]','{"action_requests":[{"args":{"draft":"I am looking into it."},"description":"a human please","name":"send_reply"}],"amount":null,"due_at":"2026-11-01T20:00:00.032Z","evidence":{"answer":"","citations":[],"clauses":[],"draft":"I am looking into it.","emotional_state":"neutral (+0.00)","hits":[{"article_id":"delivery","chunk_id":"delivery#0","relevance":0.2,"similarity":0.5,"text":"Standard delivery takes 3 to 5 working days.","title":"How long does delivery take?"}],"order":null,"past_refunds":[],"question":"","reasons":["person requested"],"recommendation":"look closer","refund":null,"request":"a human please","rules":[{"effect":"escalate","inputs":{"person_confidence":0.9},"name":"person_requested","threshold":null},{"effect":"lane","inputs":{"answers":null,"confidence":0.9,"intent":"unknown"},"name":"lane_escalation","threshold":null}],"sentiment_scores":[0.0],"suggestion":"Answer it.","summary":"a human please","ticket_number":"T-1001","transcript":[{"text":"a human please","who":"customer"}]},"expires_at":"2026-11-04T12:00:00.032Z","four_eyes_above":500,"kind":"escalation","priority":"normal","requester":"C-1002","review_configs":[{"action_name":"send_reply","allowed_decisions":["approve","edit","reject","respond"]}],"team":"logistics","turn_id":"3b45c7a0-659f-5b48-b436-29a63cb06f2b"}','cd1c1138c6dfb52fba66940d3f7abf2ff5a7eaaf852b231bd402db1a43496731','6cf33458df6a','logistics','person_requested','',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "reviews" VALUES(3,'8985508f-f1f7-5bd5-bbbd-c3989a850ec1','c8d11e7d-be3f-43e7-9d9b-9478c61d93f0','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','678c2e397b9c5d7f0cc1803ffd8084df','refund','awaiting_second','normal','2026-11-01T20:00:00.095Z','2026-11-04T12:00:00.095Z','2026-11-01T12:00:00.116Z','C-1026','refund for order LF-10495','LF-10495',125000,'USD','approve','[{"fact":"Order LF-10495 found","id":"order_known","source":"order store","text":"The order exists","verdict":"pass"},{"fact":"Order belongs to C-1026, asked by C-1026","id":"owner","source":"order store, sign-in","text":"The order is this customer''s","verdict":"pass"},{"fact":"Delivered on 2026-10-29","id":"delivered","source":"order store, shipment","text":"The goods were delivered","verdict":"pass"},{"fact":"3 days since delivery, 30 allowed","id":"window","source":"order store, policy","text":"Asked within 30 days of delivery","verdict":"pass"},{"fact":"$0.00 refunded before","id":"not_refunded","source":"order store, ledger","text":"Nothing was refunded before","verdict":"pass"},{"fact":"$1,250.00 asked, $1,250.00 of $1,250.00 left","id":"amount","source":"message, order store, ledger","text":"No more than was paid","verdict":"pass"},{"fact":"All items refundable","id":"refundable","source":"order store, items","text":"The items may be returned","verdict":"pass"},{"fact":"2 refunds in 180 days, 3 are usual","id":"no_fraud_signals","source":"order store, ledger, policy","text":"No sign of fraud","verdict":"pass"}]','{"action_requests":[{"args":{"amount":"1250","currency":"USD"},"description":"Refund of $1,250.00 for order LF-10495","name":"issue_refund"}],"amount":{"currency":"USD","minor":125000},"due_at":"2026-11-01T20:00:00.095Z","evidence":{"answer":"","citations":[],"clauses":[{"fact":"Order LF-10495 found","id":"order_known","source":"order store","text":"The order exists","verdict":"pass"},{"fact":"Order belongs to C-1026, asked by C-1026","id":"owner","source":"order store, sign-in","text":"The order is this customer''s","verdict":"pass"},{"fact":"Delivered on 2026-10-29","id":"delivered","source":"order store, shipment","text":"The goods were delivered","verdict":"pass"},{"fact":"3 days since delivery, 30 allowed","id":"window","source":"order store, policy","text":"Asked within 30 days of delivery","verdict":"pass"},{"fact":"$0.00 refunded before","id":"not_refunded","source":"order store, ledger","text":"Nothing was refunded before","verdict":"pass"},{"fact":"$1,250.00 asked, $1,250.00 of $1,250.00 left","id":"amount","source":"message, order store, ledger","text":"No more than was paid","verdict":"pass"},{"fact":"All items refundable","id":"refundable","source":"order store, items","text":"The items may be returned","verdict":"pass"},{"fact":"2 refunds in 180 days, 3 are usual","id":"no_fraud_signals","source":"order store, ledger, policy","text":"No sign of fraud","verdict":"pass"}],"draft":"","emotional_state":"neutral (+0.00)","hits":[],"order":null,"past_refunds":[{"amount":{"currency":"USD","minor":7400},"order_number":"LF-10418","reason":"Order cancelled before dispatch","refunded_at":"2026-09-10T11:00:00.001Z"},{"amount":{"currency":"USD","minor":6900},"order_number":"LF-10362","reason":"Arrived damaged: Jersey wrap dress","refunded_at":"2026-09-04T11:00:00.001Z"}],"question":"","reasons":["Every clause of the refund policy holds"],"recommendation":"approve","refund":{"already_refunded":{"currency":"USD","minor":0},"asked":null,"days_since_delivery":3,"order":{"address":{"city":"Kansas City, MO","country":"US","street":"456 Lakeview Drive, Unit 12","zip":"64111"},"carrier":"Parcelway","customer_id":"C-1026","customer_name":"Patrick Mulvaney","customer_tier":"standard","delivered_at":"2026-10-29T11:00:00.001Z","delivery":"standard","items":[{"final_sale":false,"name":"Alder Pro espresso machine","quantity":1,"refundable":true,"sku":"KI-403","unit_minor":125000,"variant":""}],"number":"LF-10495","paid":{"currency":"USD","minor":125000},"placed_at":"2026-10-24T11:00:00.001Z","refunded":{"currency":"USD","minor":0},"shipped_at":"2026-10-25T11:00:00.001Z","status":"delivered","tracking":"PW7864177915","version":1},"order_number":"LF-10495","paid":{"currency":"USD","minor":125000},"past_refunds":[{"amount":{"currency":"USD","minor":7400},"order_number":"LF-10418","reason":"Order cancelled before dispatch","refunded_at":"2026-09-10T11:00:00.001Z"},{"amount":{"currency":"USD","minor":6900},"order_number":"LF-10362","reason":"Arrived damaged: Jersey wrap dress","refunded_at":"2026-09-04T11:00:00.001Z"}],"proposed":{"currency":"USD","minor":125000},"recent_refunds":2},"request":"refund for order LF-10495","rules":[{"effect":"lane","inputs":{"answers":null,"confidence":0.9,"intent":"refund"},"name":"lane_refund_decided_by_a_person","threshold":null}],"sentiment_scores":[0.0],"suggestion":"","summary":"Refund of $1,250.00 for order LF-10495","ticket_number":null,"transcript":[{"text":"refund for order LF-10495","who":"customer"}]},"expires_at":"2026-11-04T12:00:00.095Z","four_eyes_above":500,"kind":"refund","priority":"normal","requester":"C-1026","review_configs":[{"action_name":"issue_refund","allowed_decisions":["approve","edit","reject","respond"]}],"team":"billing","turn_id":"fc1f4072-f6ca-57eb-aea4-81242dc0fe1f"}','8c70ca4f66ba359df35771f69fd6cc409cdee50d64a4bad8ad93af522911106e','6cf33458df6a','billing','all_clauses_hold','',NULL,NULL,NULL,NULL,NULL,'1f2e4f6587c1dc5003e1f3c0cc530d74','2026-11-01T12:00:00.125Z','robin','approve');
CREATE TABLE second_looks (
	review_id TEXT NOT NULL, 
	subject_key TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	verdict TEXT NOT NULL, 
	note TEXT NOT NULL, 
	at TEXT NOT NULL, 
	PRIMARY KEY (review_id, subject_key)
);
CREATE TABLE threads (
	thread_id TEXT NOT NULL, 
	status TEXT NOT NULL, 
	customer_id TEXT NOT NULL, 
	channel TEXT NOT NULL, 
	title TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	turns INTEGER NOT NULL, 
	lease_owner TEXT, 
	lease_until TEXT, 
	demo INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY (thread_id)
);
INSERT INTO "threads" VALUES('3080bdd3-51ef-408a-8510-2e1b768fb2ef','PAUSED_FOR_APPROVAL','C-1001','chat','refund of $240 for order LF-10482','2026-11-01T12:00:00.002Z','2026-11-01T12:00:00.024Z',1,NULL,NULL,0);
INSERT INTO "threads" VALUES('2ec093f0-d34d-48a0-b0fb-fdd7bebb5d6c','PAUSED_FOR_APPROVAL','C-1002','chat','a human please','2026-11-01T12:00:00.032Z','2026-11-01T12:00:00.057Z',1,NULL,NULL,0);
INSERT INTO "threads" VALUES('f8e5f732-c7eb-4a26-b35d-5c737f836774','AWAITING_CUSTOMER','C-1004','chat','cancel order LF-10377','2026-11-01T12:00:00.065Z','2026-11-01T12:00:00.088Z',1,NULL,NULL,0);
INSERT INTO "threads" VALUES('c8d11e7d-be3f-43e7-9d9b-9478c61d93f0','AWAITING_SECOND_REVIEWER','C-1026','chat','refund for order LF-10495','2026-11-01T12:00:00.095Z','2026-11-01T12:00:00.136Z',1,NULL,NULL,0);
CREATE TABLE tickets (
	seq INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	thread_id TEXT NOT NULL, 
	turn_id TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	priority TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	body TEXT NOT NULL, 
	status TEXT NOT NULL, 
	due_at TEXT NOT NULL, 
	opened_at TEXT NOT NULL, 
	desk TEXT, 
	desk_number TEXT, 
	desk_url TEXT, 
	desk_status TEXT, 
	closed_at TEXT, 
	PRIMARY KEY (seq), 
	UNIQUE ("key")
);
INSERT INTO "tickets" VALUES(1,'3b45c7a0-659f-5b48-b436-29a63cb06f2b:escalation','2ec093f0-d34d-48a0-b0fb-fdd7bebb5d6c','3b45c7a0-659f-5b48-b436-29a63cb06f2b','escalation','normal','a human please','a human please

Ticket T-1001, normal, to be answered by 1 Nov 2026, 20:00 UTC
Topic: general
Sentiment, oldest first (-1 to 1): +0.00
Customer: C-1002
Channel: chat
Session: 2ec093f0-d34d-48a0-b0fb-fdd7bebb5d6c

Articles looked at:
- How long does delivery take?

Conversation:
Customer: a human please','open','2026-11-01T20:00:00.032Z','2026-11-01T12:00:00.050Z',NULL,NULL,NULL,NULL,NULL);
CREATE TABLE turn_facts (
	seq INTEGER NOT NULL, 
	turn_id TEXT NOT NULL, 
	thread_id TEXT NOT NULL, 
	customer_id TEXT NOT NULL, 
	channel TEXT NOT NULL, 
	received_at TEXT NOT NULL, 
	answered_at TEXT NOT NULL, 
	settled_at TEXT, 
	outcome TEXT NOT NULL, 
	lane TEXT, 
	subject_rule TEXT, 
	rules TEXT NOT NULL, 
	rules_apply INTEGER NOT NULL, 
	understood INTEGER NOT NULL, 
	language TEXT, 
	intent TEXT, 
	confidence FLOAT, 
	topic TEXT, 
	topic_confidence FLOAT, 
	category TEXT, 
	category_confidence FLOAT, 
	asks_for_person INTEGER, 
	sentiment TEXT, 
	score FLOAT, 
	relevance FLOAT, 
	answer_confidence FLOAT, 
	priority TEXT, 
	tone TEXT, 
	cited TEXT NOT NULL, 
	best_article TEXT, 
	engine TEXT NOT NULL, 
	policy TEXT NOT NULL, 
	input_tokens INTEGER NOT NULL, 
	output_tokens INTEGER NOT NULL, 
	cost_usd FLOAT, 
	node_ms TEXT NOT NULL, 
	demo INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY (seq), 
	UNIQUE (turn_id)
);
INSERT INTO "turn_facts" VALUES(1,'47e325f8-5e10-5374-bda7-8791ebe9984e','3080bdd3-51ef-408a-8510-2e1b768fb2ef','C-1001','chat','2026-11-01T12:00:00.002Z','2026-11-01T12:00:00.024Z',NULL,'review','refund','lane_refund_decided_by_a_person','lane_refund_decided_by_a_person',1,0,'en','refund',0.9,'general',0.9,'general',0.9,0,'neutral',0.0,0.2,NULL,'normal','standard','','delivery','keyword stand-in','default v1 (f8b49b7b)',0,0,NULL,'{"assess_refund":248.07,"classify":3.37,"gauge_sentiment":3.39,"intake":0.69,"retrieve":4.8,"route":6.31}',0);
INSERT INTO "turn_facts" VALUES(2,'3b45c7a0-659f-5b48-b436-29a63cb06f2b','2ec093f0-d34d-48a0-b0fb-fdd7bebb5d6c','C-1002','chat','2026-11-01T12:00:00.032Z','2026-11-01T12:00:00.057Z',NULL,'review','escalation','lane_unknown','person_requested,lane_escalation',1,0,'en','unknown',0.9,'general',0.9,'general',0.9,1,'neutral',0.0,0.2,NULL,'normal','standard','','delivery','keyword stand-in','default v1 (f8b49b7b)',0,0,NULL,'{"classify":1.13,"gauge_sentiment":1.14,"intake":0.32,"prepare_handoff":4.33,"retrieve":1.35,"route":1.18}',0);
INSERT INTO "turn_facts" VALUES(3,'06d12b87-d845-5a2a-8cb4-7baf66ee6756','f8e5f732-c7eb-4a26-b35d-5c737f836774','C-1004','chat','2026-11-01T12:00:00.065Z','2026-11-01T12:00:00.088Z','2026-11-01T12:00:00.088Z','asked','order','lane_order','lane_order',1,0,'en','order',0.9,'general',0.9,'general',0.9,0,'neutral',0.0,0.2,NULL,'normal','standard','','delivery','keyword stand-in','default v1 (f8b49b7b)',0,0,NULL,'{"classify":1.39,"confirm_order":0.82,"gauge_sentiment":1.42,"identify_order":2.32,"intake":0.76,"record":0.44,"retrieve":1.8,"route":1.65}',0);
INSERT INTO "turn_facts" VALUES(4,'fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','c8d11e7d-be3f-43e7-9d9b-9478c61d93f0','C-1026','chat','2026-11-01T12:00:00.095Z','2026-11-01T12:00:00.117Z',NULL,'review','refund','lane_refund_decided_by_a_person','lane_refund_decided_by_a_person',1,0,'en','refund',0.9,'general',0.9,'general',0.9,0,'neutral',0.0,0.2,NULL,'normal','standard','','delivery','keyword stand-in','default v1 (f8b49b7b)',0,0,NULL,'{"assess_refund":6.2,"classify":0.92,"gauge_sentiment":0.93,"intake":0.66,"retrieve":1.29,"route":3.01}',0);
CREATE TABLE views (
	review_id TEXT NOT NULL, 
	subject_key TEXT NOT NULL, 
	seen_at TEXT NOT NULL, 
	PRIMARY KEY (review_id, subject_key)
);
CREATE INDEX threads_leased ON threads (lease_owner) WHERE lease_owner IS NOT NULL;
CREATE INDEX threads_by_update ON threads (updated_at);
CREATE INDEX inbox_open ON inbox (status, seq) WHERE status IN ('waiting', 'running');
CREATE INDEX inbox_by_thread ON inbox (thread_id, seq);
CREATE INDEX replies_by_thread ON replies (thread_id, seq);
CREATE INDEX reviews_figures ON reviews (status, due_at, created_at, currency, amount_minor);
CREATE INDEX reviews_by_decision ON reviews (decided_at);
CREATE INDEX reviews_alike ON reviews (status, look_alike, recommendation, currency, due_at, seq, amount_minor, expires_at);
CREATE INDEX reviews_by_thread ON reviews (thread_id, status);
CREATE INDEX reviews_queue ON reviews (status, due_at, seq);
CREATE UNIQUE INDEX decisions_by_person ON decisions (review_id, subject_key) WHERE withdrawn_at IS NULL;
CREATE INDEX decisions_by_time ON decisions (decided_at);
CREATE UNIQUE INDEX decisions_by_seat ON decisions (review_id, seat) WHERE withdrawn_at IS NULL;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit chain is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit chain is append-only'); END;
CREATE INDEX ledger_by_order ON ledger (order_number);
CREATE INDEX deliveries_due ON deliveries (status, target, next_at);
CREATE INDEX deliveries_about ON deliveries (about);
CREATE INDEX events_by_thread ON events (thread_id, seq);
CREATE INDEX facts_by_thread ON turn_facts (thread_id, seq);
CREATE INDEX facts_unsettled ON turn_facts (settled_at) WHERE settled_at IS NULL;
CREATE INDEX ratings_by_time ON ratings (at);
CREATE INDEX articles_by_source ON articles (source, place);
COMMIT;