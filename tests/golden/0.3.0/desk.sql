BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002');
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
INSERT INTO "audit" VALUES(1,'2026-11-01T12:00:00.024Z','desk','system','review_opened','b6f9d209-1020-4285-a662-a976c9ecf053','1015bffb-0bd0-5a2b-9ee8-e5123ad48654','{"identity_source":"desk","kind":"refund","payload_sha256":"6600675684f8f5c1c9304eda8afb7cdcf839cd218864c6daa45a64219c629600"}','0000000000000000000000000000000000000000000000000000000000000000','f77e41e4b609022e943630316e478aa84fd6b5fbf14c637f1af2262e4d48273e');
INSERT INTO "audit" VALUES(2,'2026-11-01T12:00:00.056Z','desk','system','review_opened','eef11fb9-7cf9-49c7-ab90-b9d46b26ee42','e7dbe018-01e7-542e-946a-0d2e7c6a1d42','{"identity_source":"desk","kind":"escalation","payload_sha256":"f4088f4568e00cbf0ed2c9e8e81ba8b7314e9e24159a90b889dfbf735e0a4298"}','f77e41e4b609022e943630316e478aa84fd6b5fbf14c637f1af2262e4d48273e','b8cc71aad458dbd90774ec1b4e557981726ad3258791c1c723aeb528a0bff727');
INSERT INTO "audit" VALUES(3,'2026-11-01T12:00:00.114Z','desk','system','review_opened','61aac99c-05a1-4f7d-ad0a-e2218f3713de','518525cd-5b9f-536c-9117-b629c93b3c7b','{"identity_source":"desk","kind":"refund","payload_sha256":"ebb9fafc60119cb557c1e5d90267a7363163d0375645a44088c224dff6cbb57a"}','b8cc71aad458dbd90774ec1b4e557981726ad3258791c1c723aeb528a0bff727','8087187917e1ad3408ef84d06f4f1225644beae5596fc0e9f20c88b23ef2fa9f');
INSERT INTO "audit" VALUES(4,'2026-11-01T12:00:00.121Z','robin','reviewer','approve','61aac99c-05a1-4f7d-ad0a-e2218f3713de','518525cd-5b9f-536c-9117-b629c93b3c7b','{"action":"approve","amount":{"currency":"USD","minor":125000},"changes":[],"decided_at":"2026-11-01T12:00:00.121Z","identity_source":"command-line","note":"seen","payload_sha256":"ebb9fafc60119cb557c1e5d90267a7363163d0375645a44088c224dff6cbb57a","reason":null,"reply":null,"seat":1,"seen_at":null}','8087187917e1ad3408ef84d06f4f1225644beae5596fc0e9f20c88b23ef2fa9f','5c43f5ecfb29e0fd3505b5572039754d18e5e8d177bb4e469046f27c3b4a00b5');
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
INSERT INTO "decisions" VALUES(1,'518525cd-5b9f-536c-9117-b629c93b3c7b',1,'robin','approve',NULL,'seen',125000,'USD',NULL,'robin','reviewer','command-line','ebb9fafc60119cb557c1e5d90267a7363163d0375645a44088c224dff6cbb57a',NULL,'[]','2026-11-01T12:00:00.121Z',NULL);
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
INSERT INTO "events" VALUES(1,'b6f9d209-1020-4285-a662-a976c9ecf053','47e325f8-5e10-5374-bda7-8791ebe9984e','MESSAGE_RECEIVED',NULL,'{"status":"waiting"}','2026-11-01T12:00:00.002Z');
INSERT INTO "events" VALUES(2,'b6f9d209-1020-4285-a662-a976c9ecf053','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_STARTED','intake','{"task_id":"ac4f8731-d7a6-4467-2d34-151be3a8cb02"}','2026-11-01T12:00:00.008Z');
INSERT INTO "events" VALUES(3,'b6f9d209-1020-4285-a662-a976c9ecf053','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_FINISHED','intake','{"ms":0.52,"status":"done","task_id":"ac4f8731-d7a6-4467-2d34-151be3a8cb02"}','2026-11-01T12:00:00.009Z');
INSERT INTO "events" VALUES(4,'b6f9d209-1020-4285-a662-a976c9ecf053','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_STARTED','classify','{"task_id":"6b315a22-dd70-61a9-85f4-015fad65de69"}','2026-11-01T12:00:00.010Z');
INSERT INTO "events" VALUES(5,'b6f9d209-1020-4285-a662-a976c9ecf053','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_STARTED','gauge_sentiment','{"task_id":"e9cc1cc2-1500-aa5b-dd81-6103a635411d"}','2026-11-01T12:00:00.011Z');
INSERT INTO "events" VALUES(6,'b6f9d209-1020-4285-a662-a976c9ecf053','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_STARTED','retrieve','{"task_id":"2bd55945-c9c4-bc96-1e8e-d84f7988165d"}','2026-11-01T12:00:00.012Z');
INSERT INTO "events" VALUES(7,'b6f9d209-1020-4285-a662-a976c9ecf053','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_FINISHED','classify','{"ms":1.32,"status":"done","task_id":"6b315a22-dd70-61a9-85f4-015fad65de69"}','2026-11-01T12:00:00.013Z');
INSERT INTO "events" VALUES(8,'b6f9d209-1020-4285-a662-a976c9ecf053','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_FINISHED','gauge_sentiment','{"ms":1.34,"status":"done","task_id":"e9cc1cc2-1500-aa5b-dd81-6103a635411d"}','2026-11-01T12:00:00.014Z');
INSERT INTO "events" VALUES(9,'b6f9d209-1020-4285-a662-a976c9ecf053','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_FINISHED','retrieve','{"ms":1.65,"status":"done","task_id":"2bd55945-c9c4-bc96-1e8e-d84f7988165d"}','2026-11-01T12:00:00.015Z');
INSERT INTO "events" VALUES(10,'b6f9d209-1020-4285-a662-a976c9ecf053','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_STARTED','route','{"task_id":"bbbb792f-73bc-0d02-0f19-2da82e8cbb98"}','2026-11-01T12:00:00.016Z');
INSERT INTO "events" VALUES(11,'b6f9d209-1020-4285-a662-a976c9ecf053','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_FINISHED','route','{"ms":2.45,"status":"done","task_id":"bbbb792f-73bc-0d02-0f19-2da82e8cbb98"}','2026-11-01T12:00:00.017Z');
INSERT INTO "events" VALUES(12,'b6f9d209-1020-4285-a662-a976c9ecf053','47e325f8-5e10-5374-bda7-8791ebe9984e','ROUTED','route','{"lane":"refund","priority":"normal","rules":[{"effect":"lane","inputs":{"answers":null,"confidence":0.9,"intent":"refund"},"name":"lane_refund_decided_by_a_person","threshold":null}],"tone":"standard"}','2026-11-01T12:00:00.018Z');
INSERT INTO "events" VALUES(13,'b6f9d209-1020-4285-a662-a976c9ecf053','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_STARTED','assess_refund','{"task_id":"a6631323-04c2-5724-9fbb-d74225c6dfa1"}','2026-11-01T12:00:00.019Z');
INSERT INTO "events" VALUES(14,'b6f9d209-1020-4285-a662-a976c9ecf053','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_FINISHED','assess_refund','{"ms":30.36,"status":"done","task_id":"a6631323-04c2-5724-9fbb-d74225c6dfa1"}','2026-11-01T12:00:00.020Z');
INSERT INTO "events" VALUES(15,'b6f9d209-1020-4285-a662-a976c9ecf053','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_STARTED','human_gate','{"task_id":"67959b8f-420a-da90-6c80-c7df11ac238d"}','2026-11-01T12:00:00.021Z');
INSERT INTO "events" VALUES(16,'b6f9d209-1020-4285-a662-a976c9ecf053','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_FINISHED','human_gate','{"ms":1.55,"status":"paused","task_id":"67959b8f-420a-da90-6c80-c7df11ac238d"}','2026-11-01T12:00:00.022Z');
INSERT INTO "events" VALUES(17,'b6f9d209-1020-4285-a662-a976c9ecf053','47e325f8-5e10-5374-bda7-8791ebe9984e','HITL_TRIGGERED',NULL,'{"kind":"refund","review_id":"1015bffb-0bd0-5a2b-9ee8-e5123ad48654"}','2026-11-01T12:00:00.025Z');
INSERT INTO "events" VALUES(18,'b6f9d209-1020-4285-a662-a976c9ecf053','47e325f8-5e10-5374-bda7-8791ebe9984e','RESPONSE_COMPLETE',NULL,'{"citations":[],"kind":"holding","text":"Your refund request of $240.00 for order LF-10482 is with a colleague now, who checks every refund in person. You will have the decision by 1 Nov 2026, 20:00 UTC; there is nothing you need to do until then."}','2026-11-01T12:00:00.026Z');
INSERT INTO "events" VALUES(19,'eef11fb9-7cf9-49c7-ab90-b9d46b26ee42','3b45c7a0-659f-5b48-b436-29a63cb06f2b','MESSAGE_RECEIVED',NULL,'{"status":"waiting"}','2026-11-01T12:00:00.031Z');
INSERT INTO "events" VALUES(20,'eef11fb9-7cf9-49c7-ab90-b9d46b26ee42','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_STARTED','intake','{"task_id":"c0877b6a-9453-4e20-894f-e2d59b54e652"}','2026-11-01T12:00:00.037Z');
INSERT INTO "events" VALUES(21,'eef11fb9-7cf9-49c7-ab90-b9d46b26ee42','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_FINISHED','intake','{"ms":0.48,"status":"done","task_id":"c0877b6a-9453-4e20-894f-e2d59b54e652"}','2026-11-01T12:00:00.038Z');
INSERT INTO "events" VALUES(22,'eef11fb9-7cf9-49c7-ab90-b9d46b26ee42','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_STARTED','classify','{"task_id":"e3b0d3d2-6761-3d1a-383d-25a59dc3e794"}','2026-11-01T12:00:00.039Z');
INSERT INTO "events" VALUES(23,'eef11fb9-7cf9-49c7-ab90-b9d46b26ee42','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_STARTED','gauge_sentiment','{"task_id":"0011d511-8d29-f7d0-4f33-03fc552831c8"}','2026-11-01T12:00:00.040Z');
INSERT INTO "events" VALUES(24,'eef11fb9-7cf9-49c7-ab90-b9d46b26ee42','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_STARTED','retrieve','{"task_id":"5b1e0039-5a9a-654c-e342-d0d80bcf5d43"}','2026-11-01T12:00:00.041Z');
INSERT INTO "events" VALUES(25,'eef11fb9-7cf9-49c7-ab90-b9d46b26ee42','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_FINISHED','classify','{"ms":0.76,"status":"done","task_id":"e3b0d3d2-6761-3d1a-383d-25a59dc3e794"}','2026-11-01T12:00:00.042Z');
INSERT INTO "events" VALUES(26,'eef11fb9-7cf9-49c7-ab90-b9d46b26ee42','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_FINISHED','gauge_sentiment','{"ms":0.77,"status":"done","task_id":"0011d511-8d29-f7d0-4f33-03fc552831c8"}','2026-11-01T12:00:00.043Z');
INSERT INTO "events" VALUES(27,'eef11fb9-7cf9-49c7-ab90-b9d46b26ee42','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_FINISHED','retrieve','{"ms":1.02,"status":"done","task_id":"5b1e0039-5a9a-654c-e342-d0d80bcf5d43"}','2026-11-01T12:00:00.044Z');
INSERT INTO "events" VALUES(28,'eef11fb9-7cf9-49c7-ab90-b9d46b26ee42','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_STARTED','route','{"task_id":"90934ba2-44fd-bdb3-118c-a06a6811f068"}','2026-11-01T12:00:00.045Z');
INSERT INTO "events" VALUES(29,'eef11fb9-7cf9-49c7-ab90-b9d46b26ee42','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_FINISHED','route','{"ms":5.42,"status":"done","task_id":"90934ba2-44fd-bdb3-118c-a06a6811f068"}','2026-11-01T12:00:00.046Z');
INSERT INTO "events" VALUES(30,'eef11fb9-7cf9-49c7-ab90-b9d46b26ee42','3b45c7a0-659f-5b48-b436-29a63cb06f2b','ROUTED','route','{"lane":"escalation","priority":"normal","rules":[{"effect":"escalate","inputs":{"person_confidence":0.9},"name":"person_requested","threshold":null},{"effect":"lane","inputs":{"answers":null,"confidence":0.9,"intent":"unknown"},"name":"lane_escalation","threshold":null}],"tone":"standard"}','2026-11-01T12:00:00.047Z');
INSERT INTO "events" VALUES(31,'eef11fb9-7cf9-49c7-ab90-b9d46b26ee42','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_STARTED','prepare_handoff','{"task_id":"45898ce8-c3ad-8d75-1b6b-bf328c609725"}','2026-11-01T12:00:00.048Z');
INSERT INTO "events" VALUES(32,'eef11fb9-7cf9-49c7-ab90-b9d46b26ee42','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_FINISHED','prepare_handoff','{"ms":3.81,"status":"done","task_id":"45898ce8-c3ad-8d75-1b6b-bf328c609725"}','2026-11-01T12:00:00.050Z');
INSERT INTO "events" VALUES(33,'eef11fb9-7cf9-49c7-ab90-b9d46b26ee42','3b45c7a0-659f-5b48-b436-29a63cb06f2b','TICKET_CREATED','prepare_handoff','{"number":"T-1001"}','2026-11-01T12:00:00.051Z');
INSERT INTO "events" VALUES(34,'eef11fb9-7cf9-49c7-ab90-b9d46b26ee42','3b45c7a0-659f-5b48-b436-29a63cb06f2b','ESCALATED','prepare_handoff','{"priority":"normal"}','2026-11-01T12:00:00.052Z');
INSERT INTO "events" VALUES(35,'eef11fb9-7cf9-49c7-ab90-b9d46b26ee42','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_STARTED','human_handoff','{"task_id":"7bc524f3-5573-4558-7aac-33e432b45dfd"}','2026-11-01T12:00:00.053Z');
INSERT INTO "events" VALUES(36,'eef11fb9-7cf9-49c7-ab90-b9d46b26ee42','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_FINISHED','human_handoff','{"ms":0.89,"status":"paused","task_id":"7bc524f3-5573-4558-7aac-33e432b45dfd"}','2026-11-01T12:00:00.054Z');
INSERT INTO "events" VALUES(37,'eef11fb9-7cf9-49c7-ab90-b9d46b26ee42','3b45c7a0-659f-5b48-b436-29a63cb06f2b','HITL_TRIGGERED',NULL,'{"kind":"escalation","review_id":"e7dbe018-01e7-542e-946a-0d2e7c6a1d42"}','2026-11-01T12:00:00.057Z');
INSERT INTO "events" VALUES(38,'eef11fb9-7cf9-49c7-ab90-b9d46b26ee42','3b45c7a0-659f-5b48-b436-29a63cb06f2b','RESPONSE_COMPLETE',NULL,'{"citations":[],"kind":"holding","text":"I''m passing this on to a colleague, together with everything you wrote, so you won''t have to repeat it. You will have an answer by 1 Nov 2026, 20:00 UTC. Your ticket is T-1001."}','2026-11-01T12:00:00.058Z');
INSERT INTO "events" VALUES(39,'d3cebeb8-5d65-4abe-9c33-fbab9d7c77ec','06d12b87-d845-5a2a-8cb4-7baf66ee6756','MESSAGE_RECEIVED',NULL,'{"status":"waiting"}','2026-11-01T12:00:00.063Z');
INSERT INTO "events" VALUES(40,'d3cebeb8-5d65-4abe-9c33-fbab9d7c77ec','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_STARTED','intake','{"task_id":"b954d189-ebc6-22f9-f177-e57b17a1518a"}','2026-11-01T12:00:00.069Z');
INSERT INTO "events" VALUES(41,'d3cebeb8-5d65-4abe-9c33-fbab9d7c77ec','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_FINISHED','intake','{"ms":0.41,"status":"done","task_id":"b954d189-ebc6-22f9-f177-e57b17a1518a"}','2026-11-01T12:00:00.070Z');
INSERT INTO "events" VALUES(42,'d3cebeb8-5d65-4abe-9c33-fbab9d7c77ec','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_STARTED','classify','{"task_id":"b85214c0-3615-e4a2-3d6c-d527783b9d40"}','2026-11-01T12:00:00.071Z');
INSERT INTO "events" VALUES(43,'d3cebeb8-5d65-4abe-9c33-fbab9d7c77ec','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_STARTED','gauge_sentiment','{"task_id":"9653a8ec-c94f-7755-d047-9409d8037ca6"}','2026-11-01T12:00:00.072Z');
INSERT INTO "events" VALUES(44,'d3cebeb8-5d65-4abe-9c33-fbab9d7c77ec','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_STARTED','retrieve','{"task_id":"5b0419d9-f721-994a-dfcb-1bf7b53c4e52"}','2026-11-01T12:00:00.073Z');
INSERT INTO "events" VALUES(45,'d3cebeb8-5d65-4abe-9c33-fbab9d7c77ec','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_FINISHED','classify','{"ms":3.04,"status":"done","task_id":"b85214c0-3615-e4a2-3d6c-d527783b9d40"}','2026-11-01T12:00:00.074Z');
INSERT INTO "events" VALUES(46,'d3cebeb8-5d65-4abe-9c33-fbab9d7c77ec','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_FINISHED','gauge_sentiment','{"ms":3.06,"status":"done","task_id":"9653a8ec-c94f-7755-d047-9409d8037ca6"}','2026-11-01T12:00:00.075Z');
INSERT INTO "events" VALUES(47,'d3cebeb8-5d65-4abe-9c33-fbab9d7c77ec','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_FINISHED','retrieve','{"ms":3.31,"status":"done","task_id":"5b0419d9-f721-994a-dfcb-1bf7b53c4e52"}','2026-11-01T12:00:00.076Z');
INSERT INTO "events" VALUES(48,'d3cebeb8-5d65-4abe-9c33-fbab9d7c77ec','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_STARTED','route','{"task_id":"f5f6c5f3-c2c3-fe47-787e-17f08e42b7b5"}','2026-11-01T12:00:00.077Z');
INSERT INTO "events" VALUES(49,'d3cebeb8-5d65-4abe-9c33-fbab9d7c77ec','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_FINISHED','route','{"ms":1.37,"status":"done","task_id":"f5f6c5f3-c2c3-fe47-787e-17f08e42b7b5"}','2026-11-01T12:00:00.078Z');
INSERT INTO "events" VALUES(50,'d3cebeb8-5d65-4abe-9c33-fbab9d7c77ec','06d12b87-d845-5a2a-8cb4-7baf66ee6756','ROUTED','route','{"lane":"order","priority":"normal","rules":[{"effect":"lane","inputs":{"answers":null,"confidence":0.9,"intent":"order"},"name":"lane_order","threshold":null}],"tone":"standard"}','2026-11-01T12:00:00.079Z');
INSERT INTO "events" VALUES(51,'d3cebeb8-5d65-4abe-9c33-fbab9d7c77ec','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_STARTED','identify_order','{"task_id":"3fd8ae79-6677-7fdb-3ddd-bae3267e1d69"}','2026-11-01T12:00:00.080Z');
INSERT INTO "events" VALUES(52,'d3cebeb8-5d65-4abe-9c33-fbab9d7c77ec','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_FINISHED','identify_order','{"ms":1.82,"status":"done","task_id":"3fd8ae79-6677-7fdb-3ddd-bae3267e1d69"}','2026-11-01T12:00:00.081Z');
INSERT INTO "events" VALUES(53,'d3cebeb8-5d65-4abe-9c33-fbab9d7c77ec','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_STARTED','confirm_order','{"task_id":"d2270bb3-ca0a-84b4-22ed-b46d02a429ad"}','2026-11-01T12:00:00.082Z');
INSERT INTO "events" VALUES(54,'d3cebeb8-5d65-4abe-9c33-fbab9d7c77ec','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_FINISHED','confirm_order','{"ms":0.67,"status":"done","task_id":"d2270bb3-ca0a-84b4-22ed-b46d02a429ad"}','2026-11-01T12:00:00.083Z');
INSERT INTO "events" VALUES(55,'d3cebeb8-5d65-4abe-9c33-fbab9d7c77ec','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_STARTED','record','{"task_id":"a6f40909-270a-4216-a3c9-6dafaacbfa4d"}','2026-11-01T12:00:00.084Z');
INSERT INTO "events" VALUES(56,'d3cebeb8-5d65-4abe-9c33-fbab9d7c77ec','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_FINISHED','record','{"ms":0.23,"status":"done","task_id":"a6f40909-270a-4216-a3c9-6dafaacbfa4d"}','2026-11-01T12:00:00.085Z');
INSERT INTO "events" VALUES(57,'d3cebeb8-5d65-4abe-9c33-fbab9d7c77ec','06d12b87-d845-5a2a-8cb4-7baf66ee6756','RESPONSE_COMPLETE',NULL,'{"citations":[],"kind":"final","text":"This is order LF-10377 of 31 Oct 2026: 1 × Marlow sneakers (size 9), 1 × Lambswool scarf, $111.00 paid. Shall I cancel order LF-10377? Please answer yes or no; nothing happens before your yes."}','2026-11-01T12:00:00.088Z');
INSERT INTO "events" VALUES(58,'61aac99c-05a1-4f7d-ad0a-e2218f3713de','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','MESSAGE_RECEIVED',NULL,'{"status":"waiting"}','2026-11-01T12:00:00.092Z');
INSERT INTO "events" VALUES(59,'61aac99c-05a1-4f7d-ad0a-e2218f3713de','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','NODE_STARTED','intake','{"task_id":"6f892cab-83c8-ae93-59cb-ac9b073b5a98"}','2026-11-01T12:00:00.098Z');
INSERT INTO "events" VALUES(60,'61aac99c-05a1-4f7d-ad0a-e2218f3713de','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','NODE_FINISHED','intake','{"ms":0.41,"status":"done","task_id":"6f892cab-83c8-ae93-59cb-ac9b073b5a98"}','2026-11-01T12:00:00.099Z');
INSERT INTO "events" VALUES(61,'61aac99c-05a1-4f7d-ad0a-e2218f3713de','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','NODE_STARTED','classify','{"task_id":"cc187bcf-0a49-13fb-7a67-bc7746aa4686"}','2026-11-01T12:00:00.100Z');
INSERT INTO "events" VALUES(62,'61aac99c-05a1-4f7d-ad0a-e2218f3713de','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','NODE_STARTED','gauge_sentiment','{"task_id":"3beb0bee-1dfd-bd2b-8655-9128fe5df807"}','2026-11-01T12:00:00.101Z');
INSERT INTO "events" VALUES(63,'61aac99c-05a1-4f7d-ad0a-e2218f3713de','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','NODE_STARTED','retrieve','{"task_id":"3522defb-c9ce-7846-079f-a7fc2fe6c663"}','2026-11-01T12:00:00.102Z');
INSERT INTO "events" VALUES(64,'61aac99c-05a1-4f7d-ad0a-e2218f3713de','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','NODE_FINISHED','classify','{"ms":0.83,"status":"done","task_id":"cc187bcf-0a49-13fb-7a67-bc7746aa4686"}','2026-11-01T12:00:00.103Z');
INSERT INTO "events" VALUES(65,'61aac99c-05a1-4f7d-ad0a-e2218f3713de','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','NODE_FINISHED','gauge_sentiment','{"ms":0.83,"status":"done","task_id":"3beb0bee-1dfd-bd2b-8655-9128fe5df807"}','2026-11-01T12:00:00.104Z');
INSERT INTO "events" VALUES(66,'61aac99c-05a1-4f7d-ad0a-e2218f3713de','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','NODE_FINISHED','retrieve','{"ms":1.11,"status":"done","task_id":"3522defb-c9ce-7846-079f-a7fc2fe6c663"}','2026-11-01T12:00:00.105Z');
INSERT INTO "events" VALUES(67,'61aac99c-05a1-4f7d-ad0a-e2218f3713de','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','NODE_STARTED','route','{"task_id":"447d6596-db97-95e1-4799-d481082959d5"}','2026-11-01T12:00:00.106Z');
INSERT INTO "events" VALUES(68,'61aac99c-05a1-4f7d-ad0a-e2218f3713de','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','NODE_FINISHED','route','{"ms":5.57,"status":"done","task_id":"447d6596-db97-95e1-4799-d481082959d5"}','2026-11-01T12:00:00.107Z');
INSERT INTO "events" VALUES(69,'61aac99c-05a1-4f7d-ad0a-e2218f3713de','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','ROUTED','route','{"lane":"refund","priority":"normal","rules":[{"effect":"lane","inputs":{"answers":null,"confidence":0.9,"intent":"refund"},"name":"lane_refund_decided_by_a_person","threshold":null}],"tone":"standard"}','2026-11-01T12:00:00.108Z');
INSERT INTO "events" VALUES(70,'61aac99c-05a1-4f7d-ad0a-e2218f3713de','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','NODE_STARTED','assess_refund','{"task_id":"eac3d133-18e3-5c6d-2ad6-8d841f82ce4a"}','2026-11-01T12:00:00.109Z');
INSERT INTO "events" VALUES(71,'61aac99c-05a1-4f7d-ad0a-e2218f3713de','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','NODE_FINISHED','assess_refund','{"ms":5.62,"status":"done","task_id":"eac3d133-18e3-5c6d-2ad6-8d841f82ce4a"}','2026-11-01T12:00:00.110Z');
INSERT INTO "events" VALUES(72,'61aac99c-05a1-4f7d-ad0a-e2218f3713de','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','NODE_STARTED','human_gate','{"task_id":"435ccc0c-5f01-2d1a-79b0-8d315b363611"}','2026-11-01T12:00:00.111Z');
INSERT INTO "events" VALUES(73,'61aac99c-05a1-4f7d-ad0a-e2218f3713de','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','NODE_FINISHED','human_gate','{"ms":1.15,"status":"paused","task_id":"435ccc0c-5f01-2d1a-79b0-8d315b363611"}','2026-11-01T12:00:00.112Z');
INSERT INTO "events" VALUES(74,'61aac99c-05a1-4f7d-ad0a-e2218f3713de','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','HITL_TRIGGERED',NULL,'{"kind":"refund","review_id":"518525cd-5b9f-536c-9117-b629c93b3c7b"}','2026-11-01T12:00:00.115Z');
INSERT INTO "events" VALUES(75,'61aac99c-05a1-4f7d-ad0a-e2218f3713de','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','RESPONSE_COMPLETE',NULL,'{"citations":[],"kind":"holding","text":"Your refund request for order LF-10495 is with a colleague now, who checks every refund in person. You will have the decision by 1 Nov 2026, 20:00 UTC; there is nothing you need to do until then."}','2026-11-01T12:00:00.116Z');
INSERT INTO "events" VALUES(76,'61aac99c-05a1-4f7d-ad0a-e2218f3713de','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','HITL_RESOLVED',NULL,'{"action":"approve","by":"robin","review_id":"518525cd-5b9f-536c-9117-b629c93b3c7b"}','2026-11-01T12:00:00.121Z');
INSERT INTO "events" VALUES(77,'61aac99c-05a1-4f7d-ad0a-e2218f3713de','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','NODE_STARTED','human_gate','{"task_id":"435ccc0c-5f01-2d1a-79b0-8d315b363611"}','2026-11-01T12:00:00.127Z');
INSERT INTO "events" VALUES(78,'61aac99c-05a1-4f7d-ad0a-e2218f3713de','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','NODE_FINISHED','human_gate','{"ms":3.32,"status":"done","task_id":"435ccc0c-5f01-2d1a-79b0-8d315b363611"}','2026-11-01T12:00:00.128Z');
INSERT INTO "events" VALUES(79,'61aac99c-05a1-4f7d-ad0a-e2218f3713de','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','NODE_STARTED','second_gate','{"task_id":"1896ba7b-1697-c845-f900-ab93edd41cf3"}','2026-11-01T12:00:00.129Z');
INSERT INTO "events" VALUES(80,'61aac99c-05a1-4f7d-ad0a-e2218f3713de','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','NODE_FINISHED','second_gate','{"ms":1.04,"status":"paused","task_id":"1896ba7b-1697-c845-f900-ab93edd41cf3"}','2026-11-01T12:00:00.130Z');
INSERT INTO "events" VALUES(81,'61aac99c-05a1-4f7d-ad0a-e2218f3713de','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','HITL_TRIGGERED',NULL,'{"kind":"refund","review_id":"518525cd-5b9f-536c-9117-b629c93b3c7b","seat":2}','2026-11-01T12:00:00.132Z');
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
	PRIMARY KEY (seq), 
	UNIQUE (message_id), 
	UNIQUE (turn_id)
);
INSERT INTO "inbox" VALUES(1,'golden-refund','47e325f8-5e10-5374-bda7-8791ebe9984e','b6f9d209-1020-4285-a662-a976c9ecf053','refund of $240 for order LF-10482','paused','2026-11-01T12:00:00.002Z','2026-11-01T12:00:00.024Z',1,'1015bffb-0bd0-5a2b-9ee8-e5123ad48654','{"action_result":null,"awaiting":null,"citations":[],"classification":{"asks_for_person":false,"category":"general","category_confidence":0.9,"confidence":0.9,"entities":{"address":null,"amount":{"currency":"USD","minor":24000},"delivery":null,"email":null,"order_number":"LF-10482"},"intent":"refund","language":null,"order_action":"status","person_confidence":0.1,"scores":{"faq":0.1,"issue":0.0,"order":0.0,"refund":0.9,"unknown":0.0},"topic":"general","topic_confidence":0.9},"engine":"keyword stand-in","engine_calls":[],"hits":[{"article_id":"delivery","chunk_id":"delivery#0","relevance":0.2,"similarity":0.5,"text":"Standard delivery takes 3 to 5 working days.","title":"How long does delivery take?"}],"language":"en","memory":null,"policy":"default v1 (fae8da5d)","reply":"Your refund request of $240.00 for order LF-10482 is with a colleague now, who checks every refund in person. You will have the decision by 1 Nov 2026, 20:00 UTC; there is nothing you need to do until then.","review_id":"1015bffb-0bd0-5a2b-9ee8-e5123ad48654","routing":{"lane":"refund","priority":"normal","rules":[{"effect":"lane","inputs":{"answers":null,"confidence":0.9,"intent":"refund"},"name":"lane_refund_decided_by_a_person","threshold":null}],"tone":"standard"},"sentiment":{"confidence":0.9,"label":"neutral","score":0.0,"signals":[]},"summary":"","ticket":null,"timings":{"assess_refund":30.36,"classify":1.32,"gauge_sentiment":1.34,"intake":0.52,"retrieve":1.65,"route":2.45},"tool_calls":[]}',NULL);
INSERT INTO "inbox" VALUES(2,'golden-escalation','3b45c7a0-659f-5b48-b436-29a63cb06f2b','eef11fb9-7cf9-49c7-ab90-b9d46b26ee42','a human please','paused','2026-11-01T12:00:00.031Z','2026-11-01T12:00:00.056Z',1,'e7dbe018-01e7-542e-946a-0d2e7c6a1d42','{"action_result":null,"awaiting":null,"citations":[],"classification":{"asks_for_person":true,"category":"general","category_confidence":0.9,"confidence":0.9,"entities":{"address":null,"amount":null,"delivery":null,"email":null,"order_number":null},"intent":"unknown","language":null,"order_action":"status","person_confidence":0.9,"scores":{"faq":0.1,"issue":0.0,"order":0.0,"refund":0.9,"unknown":0.0},"topic":"general","topic_confidence":0.9},"engine":"keyword stand-in","engine_calls":[],"hits":[{"article_id":"delivery","chunk_id":"delivery#0","relevance":0.2,"similarity":0.5,"text":"Standard delivery takes 3 to 5 working days.","title":"How long does delivery take?"}],"language":"en","memory":{"dropped":[],"tokens":20},"policy":"default v1 (fae8da5d)","reply":"I''m passing this on to a colleague, together with everything you wrote, so you won''t have to repeat it. You will have an answer by 1 Nov 2026, 20:00 UTC. Your ticket is T-1001.","review_id":"e7dbe018-01e7-542e-946a-0d2e7c6a1d42","routing":{"lane":"escalation","priority":"normal","rules":[{"effect":"escalate","inputs":{"person_confidence":0.9},"name":"person_requested","threshold":null},{"effect":"lane","inputs":{"answers":null,"confidence":0.9,"intent":"unknown"},"name":"lane_escalation","threshold":null}],"tone":"standard"},"sentiment":{"confidence":0.9,"label":"neutral","score":0.0,"signals":[]},"summary":"","ticket":"T-1001","timings":{"classify":0.76,"gauge_sentiment":0.77,"intake":0.48,"prepare_handoff":3.81,"retrieve":1.02,"route":5.42},"tool_calls":[]}',NULL);
INSERT INTO "inbox" VALUES(3,'golden-order','06d12b87-d845-5a2a-8cb4-7baf66ee6756','d3cebeb8-5d65-4abe-9c33-fbab9d7c77ec','cancel order LF-10377','done','2026-11-01T12:00:00.063Z','2026-11-01T12:00:00.086Z',1,NULL,'{"action_result":null,"awaiting":"order_yes","citations":[],"classification":{"asks_for_person":false,"category":"general","category_confidence":0.9,"confidence":0.9,"entities":{"address":null,"amount":null,"delivery":null,"email":null,"order_number":"LF-10377"},"intent":"order","language":null,"order_action":"cancel","person_confidence":0.1,"scores":{"faq":0.1,"issue":0.0,"order":0.0,"refund":0.9,"unknown":0.0},"topic":"general","topic_confidence":0.9},"engine":"keyword stand-in","engine_calls":[],"hits":[{"article_id":"delivery","chunk_id":"delivery#0","relevance":0.2,"similarity":0.5,"text":"Standard delivery takes 3 to 5 working days.","title":"How long does delivery take?"}],"language":"en","memory":null,"policy":"default v1 (fae8da5d)","reply":"This is order LF-10377 of 31 Oct 2026: 1 × Marlow sneakers (size 9), 1 × Lambswool scarf, $111.00 paid. Shall I cancel order LF-10377? Please answer yes or no; nothing happens before your yes.","review_id":null,"routing":{"lane":"order","priority":"normal","rules":[{"effect":"lane","inputs":{"answers":null,"confidence":0.9,"intent":"order"},"name":"lane_order","threshold":null}],"tone":"standard"},"sentiment":{"confidence":0.9,"label":"neutral","score":0.0,"signals":[]},"summary":"","ticket":null,"timings":{"classify":3.04,"confirm_order":0.67,"gauge_sentiment":3.06,"identify_order":1.82,"intake":0.41,"record":0.23,"retrieve":3.31,"route":1.37},"tool_calls":[{"arguments":{"number":"LF-10377"},"detail":"","outcome":"done","tool":"get_order_by_id"}]}',NULL);
INSERT INTO "inbox" VALUES(4,'golden-large','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','61aac99c-05a1-4f7d-ad0a-e2218f3713de','refund for order LF-10495','paused','2026-11-01T12:00:00.092Z','2026-11-01T12:00:00.114Z',1,'518525cd-5b9f-536c-9117-b629c93b3c7b','{"action_result":null,"awaiting":null,"citations":[],"classification":{"asks_for_person":false,"category":"general","category_confidence":0.9,"confidence":0.9,"entities":{"address":null,"amount":null,"delivery":null,"email":null,"order_number":"LF-10495"},"intent":"refund","language":null,"order_action":"status","person_confidence":0.1,"scores":{"faq":0.1,"issue":0.0,"order":0.0,"refund":0.9,"unknown":0.0},"topic":"general","topic_confidence":0.9},"engine":"keyword stand-in","engine_calls":[],"hits":[{"article_id":"delivery","chunk_id":"delivery#0","relevance":0.2,"similarity":0.5,"text":"Standard delivery takes 3 to 5 working days.","title":"How long does delivery take?"}],"language":"en","memory":null,"policy":"default v1 (fae8da5d)","reply":"Your refund request for order LF-10495 is with a colleague now, who checks every refund in person. You will have the decision by 1 Nov 2026, 20:00 UTC; there is nothing you need to do until then.","review_id":"518525cd-5b9f-536c-9117-b629c93b3c7b","routing":{"lane":"refund","priority":"normal","rules":[{"effect":"lane","inputs":{"answers":null,"confidence":0.9,"intent":"refund"},"name":"lane_refund_decided_by_a_person","threshold":null}],"tone":"standard"},"sentiment":{"confidence":0.9,"label":"neutral","score":0.0,"signals":[]},"summary":"","ticket":null,"timings":{"assess_refund":5.62,"classify":0.83,"gauge_sentiment":0.83,"intake":0.41,"retrieve":1.11,"route":5.57},"tool_calls":[]}',NULL);
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
INSERT INTO "replies" VALUES(1,'47e325f8-5e10-5374-bda7-8791ebe9984e:holding','b6f9d209-1020-4285-a662-a976c9ecf053','47e325f8-5e10-5374-bda7-8791ebe9984e','agent','agent','Your refund request of $240.00 for order LF-10482 is with a colleague now, who checks every refund in person. You will have the decision by 1 Nov 2026, 20:00 UTC; there is nothing you need to do until then.','[]','2026-11-01T12:00:00.024Z');
INSERT INTO "replies" VALUES(2,'3b45c7a0-659f-5b48-b436-29a63cb06f2b:holding','eef11fb9-7cf9-49c7-ab90-b9d46b26ee42','3b45c7a0-659f-5b48-b436-29a63cb06f2b','agent','agent','I''m passing this on to a colleague, together with everything you wrote, so you won''t have to repeat it. You will have an answer by 1 Nov 2026, 20:00 UTC. Your ticket is T-1001.','[]','2026-11-01T12:00:00.056Z');
INSERT INTO "replies" VALUES(3,'06d12b87-d845-5a2a-8cb4-7baf66ee6756:final','d3cebeb8-5d65-4abe-9c33-fbab9d7c77ec','06d12b87-d845-5a2a-8cb4-7baf66ee6756','agent','agent','This is order LF-10377 of 31 Oct 2026: 1 × Marlow sneakers (size 9), 1 × Lambswool scarf, $111.00 paid. Shall I cancel order LF-10377? Please answer yes or no; nothing happens before your yes.','[]','2026-11-01T12:00:00.086Z');
INSERT INTO "replies" VALUES(4,'fc1f4072-f6ca-57eb-aea4-81242dc0fe1f:holding','61aac99c-05a1-4f7d-ad0a-e2218f3713de','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','agent','agent','Your refund request for order LF-10495 is with a colleague now, who checks every refund in person. You will have the decision by 1 Nov 2026, 20:00 UTC; there is nothing you need to do until then.','[]','2026-11-01T12:00:00.114Z');
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
INSERT INTO "reviews" VALUES(1,'1015bffb-0bd0-5a2b-9ee8-e5123ad48654','b6f9d209-1020-4285-a662-a976c9ecf053','47e325f8-5e10-5374-bda7-8791ebe9984e','821518305e9f9e21410ee17afcc6261e','refund','pending','normal','2026-11-01T20:00:00.002Z','2026-11-04T12:00:00.002Z','2026-11-01T12:00:00.023Z','C-1001','refund of $240 for order LF-10482','LF-10482',24000,'USD','approve','[{"fact":"Order LF-10482 found","id":"order_known","source":"order store","text":"The order exists","verdict":"pass"},{"fact":"Order belongs to C-1001, asked by C-1001","id":"owner","source":"order store, sign-in","text":"The order is this customer''s","verdict":"pass"},{"fact":"Delivered on 2026-10-26","id":"delivered","source":"order store, shipment","text":"The goods were delivered","verdict":"pass"},{"fact":"6 days since delivery, 30 allowed","id":"window","source":"order store, policy","text":"Asked within 30 days of delivery","verdict":"pass"},{"fact":"$0.00 refunded before","id":"not_refunded","source":"order store, ledger","text":"Nothing was refunded before","verdict":"pass"},{"fact":"$240.00 asked, $240.00 of $240.00 left","id":"amount","source":"message, order store, ledger","text":"No more than was paid","verdict":"pass"},{"fact":"All items refundable","id":"refundable","source":"order store, items","text":"The items may be returned","verdict":"pass"},{"fact":"0 refunds in 180 days, 3 are usual","id":"no_fraud_signals","source":"order store, ledger, policy","text":"No sign of fraud","verdict":"pass"}]','{"action_requests":[{"args":{"amount":"240","currency":"USD"},"description":"Refund of $240.00 for order LF-10482","name":"issue_refund"}],"amount":{"currency":"USD","minor":24000},"due_at":"2026-11-01T20:00:00.002Z","evidence":{"answer":"","citations":[],"clauses":[{"fact":"Order LF-10482 found","id":"order_known","source":"order store","text":"The order exists","verdict":"pass"},{"fact":"Order belongs to C-1001, asked by C-1001","id":"owner","source":"order store, sign-in","text":"The order is this customer''s","verdict":"pass"},{"fact":"Delivered on 2026-10-26","id":"delivered","source":"order store, shipment","text":"The goods were delivered","verdict":"pass"},{"fact":"6 days since delivery, 30 allowed","id":"window","source":"order store, policy","text":"Asked within 30 days of delivery","verdict":"pass"},{"fact":"$0.00 refunded before","id":"not_refunded","source":"order store, ledger","text":"Nothing was refunded before","verdict":"pass"},{"fact":"$240.00 asked, $240.00 of $240.00 left","id":"amount","source":"message, order store, ledger","text":"No more than was paid","verdict":"pass"},{"fact":"All items refundable","id":"refundable","source":"order store, items","text":"The items may be returned","verdict":"pass"},{"fact":"0 refunds in 180 days, 3 are usual","id":"no_fraud_signals","source":"order store, ledger, policy","text":"No sign of fraud","verdict":"pass"}],"draft":"","emotional_state":"neutral (+0.00)","hits":[],"order":null,"past_refunds":[],"question":"","reasons":["Every clause of the refund policy holds"],"recommendation":"approve","refund":{"already_refunded":{"currency":"USD","minor":0},"asked":{"currency":"USD","minor":24000},"days_since_delivery":6,"order":{"address":{"city":"Portland, OR","country":"US","street":"27 Juniper Lane","zip":"97214"},"carrier":"Parcelway","customer_id":"C-1001","customer_name":"Maya Chen","customer_tier":"standard","delivered_at":"2026-10-26T11:00:00.001Z","delivery":"standard","items":[{"final_sale":false,"name":"Walnut lounge chair","quantity":1,"refundable":true,"sku":"HM-320","unit_minor":24000,"variant":""}],"number":"LF-10482","paid":{"currency":"USD","minor":24000},"placed_at":"2026-10-22T11:00:00.001Z","refunded":{"currency":"USD","minor":0},"shipped_at":"2026-10-23T11:00:00.001Z","status":"delivered","tracking":"PW8869666706","version":1},"order_number":"LF-10482","paid":{"currency":"USD","minor":24000},"past_refunds":[],"proposed":{"currency":"USD","minor":24000},"recent_refunds":0},"request":"refund of $240 for order LF-10482","rules":[{"effect":"lane","inputs":{"answers":null,"confidence":0.9,"intent":"refund"},"name":"lane_refund_decided_by_a_person","threshold":null}],"sentiment_scores":[0.0],"suggestion":"","summary":"Refund of $240.00 for order LF-10482","ticket_number":null,"transcript":[{"text":"refund of $240 for order LF-10482","who":"customer"}]},"expires_at":"2026-11-04T12:00:00.002Z","four_eyes_above":500,"kind":"refund","priority":"normal","requester":"C-1001","review_configs":[{"action_name":"issue_refund","allowed_decisions":["approve","edit","reject","respond"]}],"team":"billing","turn_id":"47e325f8-5e10-5374-bda7-8791ebe9984e"}','6600675684f8f5c1c9304eda8afb7cdcf839cd218864c6daa45a64219c629600','6cf33458df6a','billing','all_clauses_hold','approve|USD<=500|order_known=pass,owner=pass,delivered=pass,window=pass,not_refunded=pass,amount=pass,refundable=pass,no_fraud_signals=pass',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "reviews" VALUES(2,'e7dbe018-01e7-542e-946a-0d2e7c6a1d42','eef11fb9-7cf9-49c7-ab90-b9d46b26ee42','3b45c7a0-659f-5b48-b436-29a63cb06f2b','6a9140251f86e62ca5bdfb2f6136ddc6','escalation','pending','normal','2026-11-01T20:00:00.031Z','2026-11-04T12:00:00.031Z','2026-11-01T12:00:00.055Z','C-1002','a human please',NULL,NULL,NULL,'look closer','[]','{"action_requests":[{"args":{"draft":"I am looking into it."},"description":"a human please","name":"send_reply"}],"amount":null,"due_at":"2026-11-01T20:00:00.031Z","evidence":{"answer":"","citations":[],"clauses":[],"draft":"I am looking into it.","emotional_state":"neutral (+0.00)","hits":[{"article_id":"delivery","chunk_id":"delivery#0","relevance":0.2,"similarity":0.5,"text":"Standard delivery takes 3 to 5 working days.","title":"How long does delivery take?"}],"order":null,"past_refunds":[],"question":"","reasons":["person requested"],"recommendation":"look closer","refund":null,"request":"a human please","rules":[{"effect":"escalate","inputs":{"person_confidence":0.9},"name":"person_requested","threshold":null},{"effect":"lane","inputs":{"answers":null,"confidence":0.9,"intent":"unknown"},"name":"lane_escalation","threshold":null}],"sentiment_scores":[0.0],"suggestion":"Answer it.","summary":"a human please","ticket_number":"T-1001","transcript":[{"text":"a human please","who":"customer"}]},"expires_at":"2026-11-04T12:00:00.031Z","four_eyes_above":500,"kind":"escalation","priority":"normal","requester":"C-1002","review_configs":[{"action_name":"send_reply","allowed_decisions":["approve","edit","reject","respond"]}],"team":"logistics","turn_id":"3b45c7a0-659f-5b48-b436-29a63cb06f2b"}','f4088f4568e00cbf0ed2c9e8e81ba8b7314e9e24159a90b889dfbf735e0a4298','6cf33458df6a','logistics','person_requested','',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "reviews" VALUES(3,'518525cd-5b9f-536c-9117-b629c93b3c7b','61aac99c-05a1-4f7d-ad0a-e2218f3713de','fc1f4072-f6ca-57eb-aea4-81242dc0fe1f','96aa71a5240f9b88aaffde65c56e0c5e','refund','awaiting_second','normal','2026-11-01T20:00:00.092Z','2026-11-04T12:00:00.092Z','2026-11-01T12:00:00.113Z','C-1026','refund for order LF-10495','LF-10495',125000,'USD','approve','[{"fact":"Order LF-10495 found","id":"order_known","source":"order store","text":"The order exists","verdict":"pass"},{"fact":"Order belongs to C-1026, asked by C-1026","id":"owner","source":"order store, sign-in","text":"The order is this customer''s","verdict":"pass"},{"fact":"Delivered on 2026-10-29","id":"delivered","source":"order store, shipment","text":"The goods were delivered","verdict":"pass"},{"fact":"3 days since delivery, 30 allowed","id":"window","source":"order store, policy","text":"Asked within 30 days of delivery","verdict":"pass"},{"fact":"$0.00 refunded before","id":"not_refunded","source":"order store, ledger","text":"Nothing was refunded before","verdict":"pass"},{"fact":"$1,250.00 asked, $1,250.00 of $1,250.00 left","id":"amount","source":"message, order store, ledger","text":"No more than was paid","verdict":"pass"},{"fact":"All items refundable","id":"refundable","source":"order store, items","text":"The items may be returned","verdict":"pass"},{"fact":"2 refunds in 180 days, 3 are usual","id":"no_fraud_signals","source":"order store, ledger, policy","text":"No sign of fraud","verdict":"pass"}]','{"action_requests":[{"args":{"amount":"1250","currency":"USD"},"description":"Refund of $1,250.00 for order LF-10495","name":"issue_refund"}],"amount":{"currency":"USD","minor":125000},"due_at":"2026-11-01T20:00:00.092Z","evidence":{"answer":"","citations":[],"clauses":[{"fact":"Order LF-10495 found","id":"order_known","source":"order store","text":"The order exists","verdict":"pass"},{"fact":"Order belongs to C-1026, asked by C-1026","id":"owner","source":"order store, sign-in","text":"The order is this customer''s","verdict":"pass"},{"fact":"Delivered on 2026-10-29","id":"delivered","source":"order store, shipment","text":"The goods were delivered","verdict":"pass"},{"fact":"3 days since delivery, 30 allowed","id":"window","source":"order store, policy","text":"Asked within 30 days of delivery","verdict":"pass"},{"fact":"$0.00 refunded before","id":"not_refunded","source":"order store, ledger","text":"Nothing was refunded before","verdict":"pass"},{"fact":"$1,250.00 asked, $1,250.00 of $1,250.00 left","id":"amount","source":"message, order store, ledger","text":"No more than was paid","verdict":"pass"},{"fact":"All items refundable","id":"refundable","source":"order store, items","text":"The items may be returned","verdict":"pass"},{"fact":"2 refunds in 180 days, 3 are usual","id":"no_fraud_signals","source":"order store, ledger, policy","text":"No sign of fraud","verdict":"pass"}],"draft":"","emotional_state":"neutral (+0.00)","hits":[],"order":null,"past_refunds":[{"amount":{"currency":"USD","minor":7400},"order_number":"LF-10418","reason":"Order cancelled before dispatch","refunded_at":"2026-09-10T11:00:00.001Z"},{"amount":{"currency":"USD","minor":6900},"order_number":"LF-10362","reason":"Arrived damaged: Jersey wrap dress","refunded_at":"2026-09-04T11:00:00.001Z"}],"question":"","reasons":["Every clause of the refund policy holds"],"recommendation":"approve","refund":{"already_refunded":{"currency":"USD","minor":0},"asked":null,"days_since_delivery":3,"order":{"address":{"city":"Kansas City, MO","country":"US","street":"456 Lakeview Drive, Unit 12","zip":"64111"},"carrier":"Parcelway","customer_id":"C-1026","customer_name":"Patrick Mulvaney","customer_tier":"standard","delivered_at":"2026-10-29T11:00:00.001Z","delivery":"standard","items":[{"final_sale":false,"name":"Alder Pro espresso machine","quantity":1,"refundable":true,"sku":"KI-403","unit_minor":125000,"variant":""}],"number":"LF-10495","paid":{"currency":"USD","minor":125000},"placed_at":"2026-10-24T11:00:00.001Z","refunded":{"currency":"USD","minor":0},"shipped_at":"2026-10-25T11:00:00.001Z","status":"delivered","tracking":"PW7864177915","version":1},"order_number":"LF-10495","paid":{"currency":"USD","minor":125000},"past_refunds":[{"amount":{"currency":"USD","minor":7400},"order_number":"LF-10418","reason":"Order cancelled before dispatch","refunded_at":"2026-09-10T11:00:00.001Z"},{"amount":{"currency":"USD","minor":6900},"order_number":"LF-10362","reason":"Arrived damaged: Jersey wrap dress","refunded_at":"2026-09-04T11:00:00.001Z"}],"proposed":{"currency":"USD","minor":125000},"recent_refunds":2},"request":"refund for order LF-10495","rules":[{"effect":"lane","inputs":{"answers":null,"confidence":0.9,"intent":"refund"},"name":"lane_refund_decided_by_a_person","threshold":null}],"sentiment_scores":[0.0],"suggestion":"","summary":"Refund of $1,250.00 for order LF-10495","ticket_number":null,"transcript":[{"text":"refund for order LF-10495","who":"customer"}]},"expires_at":"2026-11-04T12:00:00.092Z","four_eyes_above":500,"kind":"refund","priority":"normal","requester":"C-1026","review_configs":[{"action_name":"issue_refund","allowed_decisions":["approve","edit","reject","respond"]}],"team":"billing","turn_id":"fc1f4072-f6ca-57eb-aea4-81242dc0fe1f"}','ebb9fafc60119cb557c1e5d90267a7363163d0375645a44088c224dff6cbb57a','6cf33458df6a','billing','all_clauses_hold','',NULL,NULL,NULL,NULL,NULL,'83d29259804d74de9b57fdfcec0a55dc','2026-11-01T12:00:00.121Z','robin','approve');
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
	PRIMARY KEY (thread_id)
);
INSERT INTO "threads" VALUES('b6f9d209-1020-4285-a662-a976c9ecf053','PAUSED_FOR_APPROVAL','C-1001','chat','refund of $240 for order LF-10482','2026-11-01T12:00:00.002Z','2026-11-01T12:00:00.024Z',1,NULL,NULL);
INSERT INTO "threads" VALUES('eef11fb9-7cf9-49c7-ab90-b9d46b26ee42','PAUSED_FOR_APPROVAL','C-1002','chat','a human please','2026-11-01T12:00:00.031Z','2026-11-01T12:00:00.056Z',1,NULL,NULL);
INSERT INTO "threads" VALUES('d3cebeb8-5d65-4abe-9c33-fbab9d7c77ec','AWAITING_CUSTOMER','C-1004','chat','cancel order LF-10377','2026-11-01T12:00:00.063Z','2026-11-01T12:00:00.086Z',1,NULL,NULL);
INSERT INTO "threads" VALUES('61aac99c-05a1-4f7d-ad0a-e2218f3713de','AWAITING_SECOND_REVIEWER','C-1026','chat','refund for order LF-10495','2026-11-01T12:00:00.092Z','2026-11-01T12:00:00.131Z',1,NULL,NULL);
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
	PRIMARY KEY (seq), 
	UNIQUE ("key")
);
INSERT INTO "tickets" VALUES(1,'3b45c7a0-659f-5b48-b436-29a63cb06f2b:escalation','eef11fb9-7cf9-49c7-ab90-b9d46b26ee42','3b45c7a0-659f-5b48-b436-29a63cb06f2b','escalation','normal','a human please','a human please

Articles looked at:
- How long does delivery take?

Conversation:
customer: a human please','open','2026-11-01T20:00:00.031Z','2026-11-01T12:00:00.049Z');
CREATE TABLE views (
	review_id TEXT NOT NULL, 
	subject_key TEXT NOT NULL, 
	seen_at TEXT NOT NULL, 
	PRIMARY KEY (review_id, subject_key)
);
CREATE INDEX threads_by_update ON threads (updated_at);
CREATE INDEX inbox_by_thread ON inbox (thread_id, seq);
CREATE INDEX inbox_open ON inbox (status, seq) WHERE status IN ('waiting', 'running');
CREATE INDEX replies_by_thread ON replies (thread_id, seq);
CREATE INDEX reviews_alike ON reviews (status, look_alike, recommendation, currency, due_at, seq, amount_minor, expires_at);
CREATE INDEX reviews_queue ON reviews (status, due_at, seq);
CREATE INDEX reviews_by_thread ON reviews (thread_id, status);
CREATE INDEX reviews_figures ON reviews (status, due_at, created_at, currency, amount_minor);
CREATE INDEX reviews_by_decision ON reviews (decided_at);
CREATE UNIQUE INDEX decisions_by_person ON decisions (review_id, subject_key) WHERE withdrawn_at IS NULL;
CREATE UNIQUE INDEX decisions_by_seat ON decisions (review_id, seat) WHERE withdrawn_at IS NULL;
CREATE INDEX decisions_by_time ON decisions (decided_at);
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit chain is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit chain is append-only'); END;
CREATE INDEX ledger_by_order ON ledger (order_number);
CREATE INDEX events_by_thread ON events (thread_id, seq);
COMMIT;