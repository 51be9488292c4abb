BEGIN TRANSACTION;
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
INSERT INTO "audit" VALUES(1,'2026-11-01T12:00:00.023Z','desk','system','review_opened','1517d535-3b15-4581-b635-8fa3d1ac4da9','956b07b6-1ef2-5bba-a531-0d0ea6a9d61c','{"identity_source":"desk","kind":"refund","payload_sha256":"26e00d6b927a4a889a14178b4f16987ded4a47f707c84e70586a918d11e64b50"}','0000000000000000000000000000000000000000000000000000000000000000','ef28ed8b450540892b8ebdec1e82fec2abddf4a44ab53ae9c8eba5ae0a740265');
INSERT INTO "audit" VALUES(2,'2026-11-01T12:00:00.053Z','desk','system','review_opened','3d8f6010-7f81-4408-9008-f5e3dd9bb7f6','99a6406a-e585-5685-a208-23ac1a1b5787','{"identity_source":"desk","kind":"escalation","payload_sha256":"edbfb8123603116c294bae2325ad5507a64cb2341bb35c7d9533b4567d787517"}','ef28ed8b450540892b8ebdec1e82fec2abddf4a44ab53ae9c8eba5ae0a740265','fecb3c15d4b026559504fb04e1b8d3f24841b9c0b90058b8d36edd5268a861b5');
CREATE TABLE decisions (
	review_id TEXT NOT NULL, 
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
	decided_at TEXT NOT NULL, 
	PRIMARY KEY (review_id)
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
INSERT INTO "events" VALUES(1,'1517d535-3b15-4581-b635-8fa3d1ac4da9','47e325f8-5e10-5374-bda7-8791ebe9984e','MESSAGE_RECEIVED',NULL,'{"status":"waiting"}','2026-11-01T12:00:00.002Z');
INSERT INTO "events" VALUES(2,'1517d535-3b15-4581-b635-8fa3d1ac4da9','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_STARTED','intake','{"task_id":"75530588-a109-7d86-a10d-b94a43c47957"}','2026-11-01T12:00:00.007Z');
INSERT INTO "events" VALUES(3,'1517d535-3b15-4581-b635-8fa3d1ac4da9','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_FINISHED','intake','{"ms":0.7,"status":"done","task_id":"75530588-a109-7d86-a10d-b94a43c47957"}','2026-11-01T12:00:00.008Z');
INSERT INTO "events" VALUES(4,'1517d535-3b15-4581-b635-8fa3d1ac4da9','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_STARTED','classify','{"task_id":"a583f880-e799-47f0-1e94-672c9489dec1"}','2026-11-01T12:00:00.009Z');
INSERT INTO "events" VALUES(5,'1517d535-3b15-4581-b635-8fa3d1ac4da9','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_STARTED','gauge_sentiment','{"task_id":"8de1e557-552e-f7b2-0d7a-dc6be5b69176"}','2026-11-01T12:00:00.010Z');
INSERT INTO "events" VALUES(6,'1517d535-3b15-4581-b635-8fa3d1ac4da9','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_STARTED','retrieve','{"task_id":"a76aa109-be33-6565-04e6-ed0a1d2627df"}','2026-11-01T12:00:00.011Z');
INSERT INTO "events" VALUES(7,'1517d535-3b15-4581-b635-8fa3d1ac4da9','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_FINISHED','classify','{"ms":1.51,"status":"done","task_id":"a583f880-e799-47f0-1e94-672c9489dec1"}','2026-11-01T12:00:00.012Z');
INSERT INTO "events" VALUES(8,'1517d535-3b15-4581-b635-8fa3d1ac4da9','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_FINISHED','gauge_sentiment','{"ms":1.53,"status":"done","task_id":"8de1e557-552e-f7b2-0d7a-dc6be5b69176"}','2026-11-01T12:00:00.013Z');
INSERT INTO "events" VALUES(9,'1517d535-3b15-4581-b635-8fa3d1ac4da9','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_FINISHED','retrieve','{"ms":2.06,"status":"done","task_id":"a76aa109-be33-6565-04e6-ed0a1d2627df"}','2026-11-01T12:00:00.014Z');
INSERT INTO "events" VALUES(10,'1517d535-3b15-4581-b635-8fa3d1ac4da9','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_STARTED','route','{"task_id":"921c8c75-ca97-ab3b-46d4-cd4652bf357b"}','2026-11-01T12:00:00.015Z');
INSERT INTO "events" VALUES(11,'1517d535-3b15-4581-b635-8fa3d1ac4da9','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_FINISHED','route','{"ms":2.28,"status":"done","task_id":"921c8c75-ca97-ab3b-46d4-cd4652bf357b"}','2026-11-01T12:00:00.016Z');
INSERT INTO "events" VALUES(12,'1517d535-3b15-4581-b635-8fa3d1ac4da9','47e325f8-5e10-5374-bda7-8791ebe9984e','ROUTED','route','{"lane":"refund","priority":"normal","rules":[{"effect":"lane","inputs":{"answers":null,"confidence":0.9,"intent":"refund"},"name":"lane_refund_decided_by_a_person","threshold":null}],"tone":"standard"}','2026-11-01T12:00:00.017Z');
INSERT INTO "events" VALUES(13,'1517d535-3b15-4581-b635-8fa3d1ac4da9','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_STARTED','assess_refund','{"task_id":"e4fd983d-8085-fdc9-065f-126a161e800d"}','2026-11-01T12:00:00.018Z');
INSERT INTO "events" VALUES(14,'1517d535-3b15-4581-b635-8fa3d1ac4da9','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_FINISHED','assess_refund','{"ms":36.87,"status":"done","task_id":"e4fd983d-8085-fdc9-065f-126a161e800d"}','2026-11-01T12:00:00.019Z');
INSERT INTO "events" VALUES(15,'1517d535-3b15-4581-b635-8fa3d1ac4da9','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_STARTED','human_gate','{"task_id":"1d103032-b43a-7b3b-dcc4-7007ff701450"}','2026-11-01T12:00:00.020Z');
INSERT INTO "events" VALUES(16,'1517d535-3b15-4581-b635-8fa3d1ac4da9','47e325f8-5e10-5374-bda7-8791ebe9984e','NODE_FINISHED','human_gate','{"ms":1.95,"status":"paused","task_id":"1d103032-b43a-7b3b-dcc4-7007ff701450"}','2026-11-01T12:00:00.021Z');
INSERT INTO "events" VALUES(17,'1517d535-3b15-4581-b635-8fa3d1ac4da9','47e325f8-5e10-5374-bda7-8791ebe9984e','HITL_TRIGGERED',NULL,'{"kind":"refund","review_id":"956b07b6-1ef2-5bba-a531-0d0ea6a9d61c"}','2026-11-01T12:00:00.024Z');
INSERT INTO "events" VALUES(18,'1517d535-3b15-4581-b635-8fa3d1ac4da9','47e325f8-5e10-5374-bda7-8791ebe9984e','RESPONSE_COMPLETE',NULL,'{"citations":[],"kind":"holding","text":"Your refund request of $240.00 for order LF-10482 is with a colleague now, who checks every refund in person. You will have the decision by 1 Nov 2026, 20:00 UTC; there is nothing you need to do until then."}','2026-11-01T12:00:00.025Z');
INSERT INTO "events" VALUES(19,'3d8f6010-7f81-4408-9008-f5e3dd9bb7f6','3b45c7a0-659f-5b48-b436-29a63cb06f2b','MESSAGE_RECEIVED',NULL,'{"status":"waiting"}','2026-11-01T12:00:00.029Z');
INSERT INTO "events" VALUES(20,'3d8f6010-7f81-4408-9008-f5e3dd9bb7f6','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_STARTED','intake','{"task_id":"246d29c3-675d-6a78-1d3c-9772b8419b48"}','2026-11-01T12:00:00.034Z');
INSERT INTO "events" VALUES(21,'3d8f6010-7f81-4408-9008-f5e3dd9bb7f6','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_FINISHED','intake','{"ms":0.51,"status":"done","task_id":"246d29c3-675d-6a78-1d3c-9772b8419b48"}','2026-11-01T12:00:00.035Z');
INSERT INTO "events" VALUES(22,'3d8f6010-7f81-4408-9008-f5e3dd9bb7f6','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_STARTED','classify','{"task_id":"cd93098e-6fb3-6d42-d648-d87449197ee8"}','2026-11-01T12:00:00.036Z');
INSERT INTO "events" VALUES(23,'3d8f6010-7f81-4408-9008-f5e3dd9bb7f6','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_STARTED','gauge_sentiment','{"task_id":"e8fe8b0f-1ebf-5c79-8281-18660fec2336"}','2026-11-01T12:00:00.037Z');
INSERT INTO "events" VALUES(24,'3d8f6010-7f81-4408-9008-f5e3dd9bb7f6','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_STARTED','retrieve','{"task_id":"163c8322-3ed0-3bb3-a63e-61a431d597a4"}','2026-11-01T12:00:00.038Z');
INSERT INTO "events" VALUES(25,'3d8f6010-7f81-4408-9008-f5e3dd9bb7f6','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_FINISHED','classify','{"ms":0.99,"status":"done","task_id":"cd93098e-6fb3-6d42-d648-d87449197ee8"}','2026-11-01T12:00:00.039Z');
INSERT INTO "events" VALUES(26,'3d8f6010-7f81-4408-9008-f5e3dd9bb7f6','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_FINISHED','gauge_sentiment','{"ms":1.0,"status":"done","task_id":"e8fe8b0f-1ebf-5c79-8281-18660fec2336"}','2026-11-01T12:00:00.040Z');
INSERT INTO "events" VALUES(27,'3d8f6010-7f81-4408-9008-f5e3dd9bb7f6','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_FINISHED','retrieve','{"ms":1.32,"status":"done","task_id":"163c8322-3ed0-3bb3-a63e-61a431d597a4"}','2026-11-01T12:00:00.041Z');
INSERT INTO "events" VALUES(28,'3d8f6010-7f81-4408-9008-f5e3dd9bb7f6','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_STARTED','route','{"task_id":"c7ce528b-46db-a38a-a039-01452ae5d76d"}','2026-11-01T12:00:00.042Z');
INSERT INTO "events" VALUES(29,'3d8f6010-7f81-4408-9008-f5e3dd9bb7f6','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_FINISHED','route','{"ms":1.45,"status":"done","task_id":"c7ce528b-46db-a38a-a039-01452ae5d76d"}','2026-11-01T12:00:00.043Z');
INSERT INTO "events" VALUES(30,'3d8f6010-7f81-4408-9008-f5e3dd9bb7f6','3b45c7a0-659f-5b48-b436-29a63cb06f2b','ROUTED','route','{"lane":"escalation","priority":"normal","rules":[{"effect":"escalate","inputs":{"person_confidence":0.9},"name":"person_requested","threshold":null},{"effect":"lane","inputs":{"answers":null,"confidence":0.9,"intent":"unknown"},"name":"lane_escalation","threshold":null}],"tone":"standard"}','2026-11-01T12:00:00.044Z');
INSERT INTO "events" VALUES(31,'3d8f6010-7f81-4408-9008-f5e3dd9bb7f6','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_STARTED','prepare_handoff','{"task_id":"178603f1-7bc8-55ac-1f76-38184fdc38c2"}','2026-11-01T12:00:00.045Z');
INSERT INTO "events" VALUES(32,'3d8f6010-7f81-4408-9008-f5e3dd9bb7f6','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_FINISHED','prepare_handoff','{"ms":3.71,"status":"done","task_id":"178603f1-7bc8-55ac-1f76-38184fdc38c2"}','2026-11-01T12:00:00.047Z');
INSERT INTO "events" VALUES(33,'3d8f6010-7f81-4408-9008-f5e3dd9bb7f6','3b45c7a0-659f-5b48-b436-29a63cb06f2b','TICKET_CREATED','prepare_handoff','{"number":"T-1001"}','2026-11-01T12:00:00.048Z');
INSERT INTO "events" VALUES(34,'3d8f6010-7f81-4408-9008-f5e3dd9bb7f6','3b45c7a0-659f-5b48-b436-29a63cb06f2b','ESCALATED','prepare_handoff','{"priority":"normal"}','2026-11-01T12:00:00.049Z');
INSERT INTO "events" VALUES(35,'3d8f6010-7f81-4408-9008-f5e3dd9bb7f6','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_STARTED','human_handoff','{"task_id":"2a654f6a-86b8-5d66-92aa-0f25f545dcb9"}','2026-11-01T12:00:00.050Z');
INSERT INTO "events" VALUES(36,'3d8f6010-7f81-4408-9008-f5e3dd9bb7f6','3b45c7a0-659f-5b48-b436-29a63cb06f2b','NODE_FINISHED','human_handoff','{"ms":1.26,"status":"paused","task_id":"2a654f6a-86b8-5d66-92aa-0f25f545dcb9"}','2026-11-01T12:00:00.051Z');
INSERT INTO "events" VALUES(37,'3d8f6010-7f81-4408-9008-f5e3dd9bb7f6','3b45c7a0-659f-5b48-b436-29a63cb06f2b','HITL_TRIGGERED',NULL,'{"kind":"escalation","review_id":"99a6406a-e585-5685-a208-23ac1a1b5787"}','2026-11-01T12:00:00.054Z');
INSERT INTO "events" VALUES(38,'3d8f6010-7f81-4408-9008-f5e3dd9bb7f6','3b45c7a0-659f-5b48-b436-29a63cb06f2b','RESPONSE_COMPLETE',NULL,'{"citations":[],"kind":"holding","text":"I''m passing this on to a colleague, together with everything you wrote, so you won''t have to repeat it. You will have an answer by 1 Nov 2026, 20:00 UTC. Your ticket is T-1001."}','2026-11-01T12:00:00.055Z');
INSERT INTO "events" VALUES(39,'7cac06ec-bc3d-450e-a9ca-5b4aec1c513f','06d12b87-d845-5a2a-8cb4-7baf66ee6756','MESSAGE_RECEIVED',NULL,'{"status":"waiting"}','2026-11-01T12:00:00.059Z');
INSERT INTO "events" VALUES(40,'7cac06ec-bc3d-450e-a9ca-5b4aec1c513f','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_STARTED','intake','{"task_id":"b23021c0-de98-88c5-09c7-b5fde977654a"}','2026-11-01T12:00:00.064Z');
INSERT INTO "events" VALUES(41,'7cac06ec-bc3d-450e-a9ca-5b4aec1c513f','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_FINISHED','intake','{"ms":0.56,"status":"done","task_id":"b23021c0-de98-88c5-09c7-b5fde977654a"}','2026-11-01T12:00:00.065Z');
INSERT INTO "events" VALUES(42,'7cac06ec-bc3d-450e-a9ca-5b4aec1c513f','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_STARTED','classify','{"task_id":"ae2cffc5-5d33-c3e0-4489-ea86f29c26f7"}','2026-11-01T12:00:00.066Z');
INSERT INTO "events" VALUES(43,'7cac06ec-bc3d-450e-a9ca-5b4aec1c513f','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_STARTED','gauge_sentiment','{"task_id":"1a82d377-630c-2c0c-34ac-92afdb6bfffd"}','2026-11-01T12:00:00.067Z');
INSERT INTO "events" VALUES(44,'7cac06ec-bc3d-450e-a9ca-5b4aec1c513f','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_STARTED','retrieve','{"task_id":"855a792a-ca7b-4b08-92ee-1c82188a48f9"}','2026-11-01T12:00:00.068Z');
INSERT INTO "events" VALUES(45,'7cac06ec-bc3d-450e-a9ca-5b4aec1c513f','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_FINISHED','classify','{"ms":1.06,"status":"done","task_id":"ae2cffc5-5d33-c3e0-4489-ea86f29c26f7"}','2026-11-01T12:00:00.069Z');
INSERT INTO "events" VALUES(46,'7cac06ec-bc3d-450e-a9ca-5b4aec1c513f','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_FINISHED','gauge_sentiment','{"ms":1.07,"status":"done","task_id":"1a82d377-630c-2c0c-34ac-92afdb6bfffd"}','2026-11-01T12:00:00.070Z');
INSERT INTO "events" VALUES(47,'7cac06ec-bc3d-450e-a9ca-5b4aec1c513f','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_FINISHED','retrieve','{"ms":1.51,"status":"done","task_id":"855a792a-ca7b-4b08-92ee-1c82188a48f9"}','2026-11-01T12:00:00.071Z');
INSERT INTO "events" VALUES(48,'7cac06ec-bc3d-450e-a9ca-5b4aec1c513f','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_STARTED','route','{"task_id":"71a2805d-6d89-5139-ea22-52905290c816"}','2026-11-01T12:00:00.072Z');
INSERT INTO "events" VALUES(49,'7cac06ec-bc3d-450e-a9ca-5b4aec1c513f','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_FINISHED','route','{"ms":1.85,"status":"done","task_id":"71a2805d-6d89-5139-ea22-52905290c816"}','2026-11-01T12:00:00.073Z');
INSERT INTO "events" VALUES(50,'7cac06ec-bc3d-450e-a9ca-5b4aec1c513f','06d12b87-d845-5a2a-8cb4-7baf66ee6756','ROUTED','route','{"lane":"order","priority":"normal","rules":[{"effect":"lane","inputs":{"answers":null,"confidence":0.9,"intent":"order"},"name":"lane_order","threshold":null}],"tone":"standard"}','2026-11-01T12:00:00.074Z');
INSERT INTO "events" VALUES(51,'7cac06ec-bc3d-450e-a9ca-5b4aec1c513f','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_STARTED','identify_order','{"task_id":"8adec322-9ef3-1a0f-900c-887684cd0b2a"}','2026-11-01T12:00:00.075Z');
INSERT INTO "events" VALUES(52,'7cac06ec-bc3d-450e-a9ca-5b4aec1c513f','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_FINISHED','identify_order','{"ms":2.97,"status":"done","task_id":"8adec322-9ef3-1a0f-900c-887684cd0b2a"}','2026-11-01T12:00:00.076Z');
INSERT INTO "events" VALUES(53,'7cac06ec-bc3d-450e-a9ca-5b4aec1c513f','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_STARTED','confirm_order','{"task_id":"447970db-6f72-8cba-4e0d-15d1b6501c16"}','2026-11-01T12:00:00.077Z');
INSERT INTO "events" VALUES(54,'7cac06ec-bc3d-450e-a9ca-5b4aec1c513f','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_FINISHED','confirm_order','{"ms":0.99,"status":"done","task_id":"447970db-6f72-8cba-4e0d-15d1b6501c16"}','2026-11-01T12:00:00.078Z');
INSERT INTO "events" VALUES(55,'7cac06ec-bc3d-450e-a9ca-5b4aec1c513f','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_STARTED','record','{"task_id":"73dd6cfc-bbc4-dc77-9a2f-388970109687"}','2026-11-01T12:00:00.079Z');
INSERT INTO "events" VALUES(56,'7cac06ec-bc3d-450e-a9ca-5b4aec1c513f','06d12b87-d845-5a2a-8cb4-7baf66ee6756','NODE_FINISHED','record','{"ms":0.49,"status":"done","task_id":"73dd6cfc-bbc4-dc77-9a2f-388970109687"}','2026-11-01T12:00:00.080Z');
INSERT INTO "events" VALUES(57,'7cac06ec-bc3d-450e-a9ca-5b4aec1c513f','06d12b87-d845-5a2a-8cb4-7baf66ee6756','RESPONSE_COMPLETE',NULL,'{"citations":[],"kind":"final","text":"This is order LF-10377 of 31 Oct 2026: 1 × Marlow sneakers (size 9), 1 × Lambswool scarf, $111.00 paid. Shall I cancel order LF-10377? Please answer yes or no; nothing happens before your yes."}','2026-11-01T12:00:00.083Z');
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
INSERT INTO "inbox" VALUES(1,'golden-refund','47e325f8-5e10-5374-bda7-8791ebe9984e','1517d535-3b15-4581-b635-8fa3d1ac4da9','refund of $240 for order LF-10482','paused','2026-11-01T12:00:00.002Z','2026-11-01T12:00:00.023Z',1,'956b07b6-1ef2-5bba-a531-0d0ea6a9d61c','{"action_result":null,"awaiting":null,"citations":[],"classification":{"asks_for_person":false,"category":"general","category_confidence":0.9,"confidence":0.9,"entities":{"address":null,"amount":{"currency":"USD","minor":24000},"delivery":null,"email":null,"order_number":"LF-10482"},"intent":"refund","language":null,"order_action":"status","person_confidence":0.1,"scores":{"faq":0.1,"issue":0.0,"order":0.0,"refund":0.9,"unknown":0.0},"topic":"general","topic_confidence":0.9},"engine":"keyword stand-in","engine_calls":[],"hits":[{"article_id":"delivery","chunk_id":"delivery#0","relevance":0.2,"similarity":0.5,"text":"Standard delivery takes 3 to 5 working days.","title":"How long does delivery take?"}],"language":"en","memory":null,"policy":"default v1 (cd219163)","reply":"Your refund request of $240.00 for order LF-10482 is with a colleague now, who checks every refund in person. You will have the decision by 1 Nov 2026, 20:00 UTC; there is nothing you need to do until then.","review_id":"956b07b6-1ef2-5bba-a531-0d0ea6a9d61c","routing":{"lane":"refund","priority":"normal","rules":[{"effect":"lane","inputs":{"answers":null,"confidence":0.9,"intent":"refund"},"name":"lane_refund_decided_by_a_person","threshold":null}],"tone":"standard"},"sentiment":{"confidence":0.9,"label":"neutral","score":0.0,"signals":[]},"summary":"","ticket":null,"timings":{"assess_refund":36.87,"classify":1.51,"gauge_sentiment":1.53,"intake":0.7,"retrieve":2.06,"route":2.28},"tool_calls":[]}',NULL);
INSERT INTO "inbox" VALUES(2,'golden-escalation','3b45c7a0-659f-5b48-b436-29a63cb06f2b','3d8f6010-7f81-4408-9008-f5e3dd9bb7f6','a human please','paused','2026-11-01T12:00:00.029Z','2026-11-01T12:00:00.053Z',1,'99a6406a-e585-5685-a208-23ac1a1b5787','{"action_result":null,"awaiting":null,"citations":[],"classification":{"asks_for_person":true,"category":"general","category_confidence":0.9,"confidence":0.9,"entities":{"address":null,"amount":null,"delivery":null,"email":null,"order_number":null},"intent":"unknown","language":null,"order_action":"status","person_confidence":0.9,"scores":{"faq":0.1,"issue":0.0,"order":0.0,"refund":0.9,"unknown":0.0},"topic":"general","topic_confidence":0.9},"engine":"keyword stand-in","engine_calls":[],"hits":[{"article_id":"delivery","chunk_id":"delivery#0","relevance":0.2,"similarity":0.5,"text":"Standard delivery takes 3 to 5 working days.","title":"How long does delivery take?"}],"language":"en","memory":{"dropped":[],"tokens":20},"policy":"default v1 (cd219163)","reply":"I''m passing this on to a colleague, together with everything you wrote, so you won''t have to repeat it. You will have an answer by 1 Nov 2026, 20:00 UTC. Your ticket is T-1001.","review_id":"99a6406a-e585-5685-a208-23ac1a1b5787","routing":{"lane":"escalation","priority":"normal","rules":[{"effect":"escalate","inputs":{"person_confidence":0.9},"name":"person_requested","threshold":null},{"effect":"lane","inputs":{"answers":null,"confidence":0.9,"intent":"unknown"},"name":"lane_escalation","threshold":null}],"tone":"standard"},"sentiment":{"confidence":0.9,"label":"neutral","score":0.0,"signals":[]},"summary":"","ticket":"T-1001","timings":{"classify":0.99,"gauge_sentiment":1.0,"intake":0.51,"prepare_handoff":3.71,"retrieve":1.32,"route":1.45},"tool_calls":[]}',NULL);
INSERT INTO "inbox" VALUES(3,'golden-order','06d12b87-d845-5a2a-8cb4-7baf66ee6756','7cac06ec-bc3d-450e-a9ca-5b4aec1c513f','cancel order LF-10377','done','2026-11-01T12:00:00.059Z','2026-11-01T12:00:00.081Z',1,NULL,'{"action_result":null,"awaiting":"order_yes","citations":[],"classification":{"asks_for_person":false,"category":"general","category_confidence":0.9,"confidence":0.9,"entities":{"address":null,"amount":null,"delivery":null,"email":null,"order_number":"LF-10377"},"intent":"order","language":null,"order_action":"cancel","person_confidence":0.1,"scores":{"faq":0.1,"issue":0.0,"order":0.0,"refund":0.9,"unknown":0.0},"topic":"general","topic_confidence":0.9},"engine":"keyword stand-in","engine_calls":[],"hits":[{"article_id":"delivery","chunk_id":"delivery#0","relevance":0.2,"similarity":0.5,"text":"Standard delivery takes 3 to 5 working days.","title":"How long does delivery take?"}],"language":"en","memory":null,"policy":"default v1 (cd219163)","reply":"This is order LF-10377 of 31 Oct 2026: 1 × Marlow sneakers (size 9), 1 × Lambswool scarf, $111.00 paid. Shall I cancel order LF-10377? Please answer yes or no; nothing happens before your yes.","review_id":null,"routing":{"lane":"order","priority":"normal","rules":[{"effect":"lane","inputs":{"answers":null,"confidence":0.9,"intent":"order"},"name":"lane_order","threshold":null}],"tone":"standard"},"sentiment":{"confidence":0.9,"label":"neutral","score":0.0,"signals":[]},"summary":"","ticket":null,"timings":{"classify":1.06,"confirm_order":0.99,"gauge_sentiment":1.07,"identify_order":2.97,"intake":0.56,"record":0.49,"retrieve":1.51,"route":1.85},"tool_calls":[{"arguments":{"number":"LF-10377"},"detail":"","outcome":"done","tool":"get_order_by_id"}]}',NULL);
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
CREATE TABLE meta (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('schema','1');
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
INSERT INTO "replies" VALUES(1,'47e325f8-5e10-5374-bda7-8791ebe9984e:holding','1517d535-3b15-4581-b635-8fa3d1ac4da9','47e325f8-5e10-5374-bda7-8791ebe9984e','agent','agent','Your refund request of $240.00 for order LF-10482 is with a colleague now, who checks every refund in person. You will have the decision by 1 Nov 2026, 20:00 UTC; there is nothing you need to do until then.','[]','2026-11-01T12:00:00.023Z');
INSERT INTO "replies" VALUES(2,'3b45c7a0-659f-5b48-b436-29a63cb06f2b:holding','3d8f6010-7f81-4408-9008-f5e3dd9bb7f6','3b45c7a0-659f-5b48-b436-29a63cb06f2b','agent','agent','I''m passing this on to a colleague, together with everything you wrote, so you won''t have to repeat it. You will have an answer by 1 Nov 2026, 20:00 UTC. Your ticket is T-1001.','[]','2026-11-01T12:00:00.053Z');
INSERT INTO "replies" VALUES(3,'06d12b87-d845-5a2a-8cb4-7baf66ee6756:final','7cac06ec-bc3d-450e-a9ca-5b4aec1c513f','06d12b87-d845-5a2a-8cb4-7baf66ee6756','agent','agent','This is order LF-10377 of 31 Oct 2026: 1 × Marlow sneakers (size 9), 1 × Lambswool scarf, $111.00 paid. Shall I cancel order LF-10377? Please answer yes or no; nothing happens before your yes.','[]','2026-11-01T12:00:00.081Z');
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
	decided_at TEXT, 
	decided_by TEXT, 
	decided_action TEXT, 
	PRIMARY KEY (seq), 
	UNIQUE (thread_id, interrupt_id), 
	UNIQUE (review_id)
);
INSERT INTO "reviews" VALUES(1,'956b07b6-1ef2-5bba-a531-0d0ea6a9d61c','1517d535-3b15-4581-b635-8fa3d1ac4da9','47e325f8-5e10-5374-bda7-8791ebe9984e','19635a3b064ebb06b82bda700ad480e1','refund','pending','normal','2026-11-01T20:00:00.002Z','2026-11-04T12:00:00.002Z','2026-11-01T12:00:00.022Z','C-1001','refund of $240 for order LF-10482','LF-10482',24000,'USD','approve','[{"fact":"Order LF-10482 found","id":"order_known","source":"order store","text":"The order exists","verdict":"pass"},{"fact":"Order belongs to C-1001, asked by C-1001","id":"owner","source":"order store, sign-in","text":"The order is this customer''s","verdict":"pass"},{"fact":"Delivered on 2026-10-26","id":"delivered","source":"order store, shipment","text":"The goods were delivered","verdict":"pass"},{"fact":"6 days since delivery, 30 allowed","id":"window","source":"order store, policy","text":"Asked within 30 days of delivery","verdict":"pass"},{"fact":"$0.00 refunded before","id":"not_refunded","source":"order store, ledger","text":"Nothing was refunded before","verdict":"pass"},{"fact":"$240.00 asked, $240.00 of $240.00 left","id":"amount","source":"message, order store, ledger","text":"No more than was paid","verdict":"pass"},{"fact":"All items refundable","id":"refundable","source":"order store, items","text":"The items may be returned","verdict":"pass"},{"fact":"0 refunds in 180 days, 3 are usual","id":"no_fraud_signals","source":"order store, ledger, policy","text":"No sign of fraud","verdict":"pass"}]','{"action_requests":[{"args":{"amount":"240","currency":"USD"},"description":"Refund of $240.00 for order LF-10482","name":"issue_refund"}],"amount":{"currency":"USD","minor":24000},"due_at":"2026-11-01T20:00:00.002Z","evidence":{"citations":[],"clauses":[{"fact":"Order LF-10482 found","id":"order_known","source":"order store","text":"The order exists","verdict":"pass"},{"fact":"Order belongs to C-1001, asked by C-1001","id":"owner","source":"order store, sign-in","text":"The order is this customer''s","verdict":"pass"},{"fact":"Delivered on 2026-10-26","id":"delivered","source":"order store, shipment","text":"The goods were delivered","verdict":"pass"},{"fact":"6 days since delivery, 30 allowed","id":"window","source":"order store, policy","text":"Asked within 30 days of delivery","verdict":"pass"},{"fact":"$0.00 refunded before","id":"not_refunded","source":"order store, ledger","text":"Nothing was refunded before","verdict":"pass"},{"fact":"$240.00 asked, $240.00 of $240.00 left","id":"amount","source":"message, order store, ledger","text":"No more than was paid","verdict":"pass"},{"fact":"All items refundable","id":"refundable","source":"order store, items","text":"The items may be returned","verdict":"pass"},{"fact":"0 refunds in 180 days, 3 are usual","id":"no_fraud_signals","source":"order store, ledger, policy","text":"No sign of fraud","verdict":"pass"}],"draft":"","emotional_state":"neutral (+0.00)","hits":[],"order":null,"past_refunds":[],"reasons":["Every clause of the refund policy holds"],"recommendation":"approve","refund":{"already_refunded":{"currency":"USD","minor":0},"asked":{"currency":"USD","minor":24000},"days_since_delivery":6,"order":{"address":{"city":"Portland, OR","country":"US","street":"27 Juniper Lane","zip":"97214"},"carrier":"Parcelway","customer_id":"C-1001","customer_name":"Maya Chen","customer_tier":"standard","delivered_at":"2026-10-26T11:00:00.001Z","delivery":"standard","items":[{"final_sale":false,"name":"Walnut lounge chair","quantity":1,"refundable":true,"sku":"HM-320","unit_minor":24000,"variant":""}],"number":"LF-10482","paid":{"currency":"USD","minor":24000},"placed_at":"2026-10-22T11:00:00.001Z","refunded":{"currency":"USD","minor":0},"shipped_at":"2026-10-23T11:00:00.001Z","status":"delivered","tracking":"PW8869666706","version":1},"order_number":"LF-10482","paid":{"currency":"USD","minor":24000},"past_refunds":[],"proposed":{"currency":"USD","minor":24000},"recent_refunds":0},"request":"refund of $240 for order LF-10482","rules":[{"effect":"lane","inputs":{"answers":null,"confidence":0.9,"intent":"refund"},"name":"lane_refund_decided_by_a_person","threshold":null}],"sentiment_scores":[0.0],"suggestion":"","summary":"Refund of $240.00 for order LF-10482","ticket_number":null,"transcript":[{"text":"refund of $240 for order LF-10482","who":"customer"}]},"expires_at":"2026-11-04T12:00:00.002Z","kind":"refund","priority":"normal","requester":"C-1001","review_configs":[{"action_name":"issue_refund","allowed_decisions":["approve","edit","reject","respond"]}],"turn_id":"47e325f8-5e10-5374-bda7-8791ebe9984e"}','26e00d6b927a4a889a14178b4f16987ded4a47f707c84e70586a918d11e64b50','2fe97c6be09e',NULL,NULL,NULL);
INSERT INTO "reviews" VALUES(2,'99a6406a-e585-5685-a208-23ac1a1b5787','3d8f6010-7f81-4408-9008-f5e3dd9bb7f6','3b45c7a0-659f-5b48-b436-29a63cb06f2b','73860c6cab032fc50d7bd14bb2592836','escalation','pending','normal','2026-11-01T20:00:00.029Z','2026-11-04T12:00:00.029Z','2026-11-01T12:00:00.052Z','C-1002','a human please',NULL,NULL,NULL,'look closer','[]','{"action_requests":[{"args":{"draft":"I am looking into it."},"description":"a human please","name":"send_reply"}],"amount":null,"due_at":"2026-11-01T20:00:00.029Z","evidence":{"citations":[],"clauses":[],"draft":"I am looking into it.","emotional_state":"neutral (+0.00)","hits":[{"article_id":"delivery","chunk_id":"delivery#0","relevance":0.2,"similarity":0.5,"text":"Standard delivery takes 3 to 5 working days.","title":"How long does delivery take?"}],"order":null,"past_refunds":[],"reasons":["person requested"],"recommendation":"look closer","refund":null,"request":"a human please","rules":[{"effect":"escalate","inputs":{"person_confidence":0.9},"name":"person_requested","threshold":null},{"effect":"lane","inputs":{"answers":null,"confidence":0.9,"intent":"unknown"},"name":"lane_escalation","threshold":null}],"sentiment_scores":[0.0],"suggestion":"Answer it.","summary":"a human please","ticket_number":"T-1001","transcript":[{"text":"a human please","who":"customer"}]},"expires_at":"2026-11-04T12:00:00.029Z","kind":"escalation","priority":"normal","requester":"C-1002","review_configs":[{"action_name":"send_reply","allowed_decisions":["approve","edit","reject","respond"]}],"turn_id":"3b45c7a0-659f-5b48-b436-29a63cb06f2b"}','edbfb8123603116c294bae2325ad5507a64cb2341bb35c7d9533b4567d787517','2fe97c6be09e',NULL,NULL,NULL);
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
INSERT INTO "threads" VALUES('1517d535-3b15-4581-b635-8fa3d1ac4da9','PAUSED_FOR_APPROVAL','C-1001','chat','refund of $240 for order LF-10482','2026-11-01T12:00:00.002Z','2026-11-01T12:00:00.023Z',1,NULL,NULL);
INSERT INTO "threads" VALUES('3d8f6010-7f81-4408-9008-f5e3dd9bb7f6','PAUSED_FOR_APPROVAL','C-1002','chat','a human please','2026-11-01T12:00:00.029Z','2026-11-01T12:00:00.053Z',1,NULL,NULL);
INSERT INTO "threads" VALUES('7cac06ec-bc3d-450e-a9ca-5b4aec1c513f','AWAITING_CUSTOMER','C-1004','chat','cancel order LF-10377','2026-11-01T12:00:00.059Z','2026-11-01T12:00:00.081Z',1,NULL,NULL);
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
INSERT INTO "tickets" VALUES(1,'3b45c7a0-659f-5b48-b436-29a63cb06f2b:escalation','3d8f6010-7f81-4408-9008-f5e3dd9bb7f6','3b45c7a0-659f-5b48-b436-29a63cb06f2b','escalation','normal','a human please','a human please

Articles looked at:
- How long does delivery take?

Conversation:
customer: a human please','open','2026-11-01T20:00:00.029Z','2026-11-01T12:00:00.046Z');
CREATE INDEX threads_by_update ON threads (updated_at);
CREATE INDEX inbox_open ON inbox (status, seq) WHERE status IN ('waiting', 'running');
CREATE INDEX inbox_by_thread ON inbox (thread_id, seq);
CREATE INDEX replies_by_thread ON replies (thread_id, seq);
CREATE INDEX reviews_by_thread ON reviews (thread_id, status);
CREATE INDEX reviews_queue ON reviews (status, due_at, seq);
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit chain is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit chain is append-only'); END;
CREATE INDEX ledger_by_order ON ledger (order_number);
CREATE INDEX events_by_thread ON events (thread_id, seq);
COMMIT;