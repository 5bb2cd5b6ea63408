#include "tests/unit/fabric/network.h"

namespace heyan::ledgers::fabric::testing {
namespace {

constexpr std::string_view kChannel = "made-evidence";
constexpr std::string_view kChaincode = "evidence";

Bytes entry(std::uint32_t number, std::string_view key, const Bytes& value) {
  return field(number, joined({field(1, key), field(2, value)}));
}

Bytes node_unit(std::string_view name) { return field(2, name); }

Bytes msp_value(const std::string& id, const Ca& ca) {
  const Bytes units =
      joined({number_field(1, 1), field(2, node_unit("client")), field(3, node_unit("peer")),
              field(4, node_unit("admin")), field(5, node_unit("orderer"))});
  const Bytes config =
      joined({field(1, id), field(2, ca.pem),
              field(8, joined({field(1, "SHA2"), field(2, "SHA256")})), field(11, units)});
  return field(2, config);
}

// Any member of one organisation.
Bytes member_policy(const std::string& id) {
  const Bytes principal = field(2, field(1, id));
  const Bytes one = field(2, joined({number_field(1, 1), field(2, number_field(1, 0))}));
  return joined({number_field(1, 1), field(2, joined({field(2, one), field(3, principal)}))});
}

Bytes meta_policy(std::string_view name, std::uint64_t rule) {
  const Bytes meta = joined({field(1, name), rule == 0 ? Bytes() : number_field(2, rule)});
  return joined({number_field(1, 3), field(2, meta)});
}

using Named = std::vector<std::pair<std::string, Bytes>>;

Bytes group(const Named& groups, const Named& values, const Named& policies) {
  Bytes out;
  const auto add = [&](std::uint32_t number, const Named& list, bool wrapped) {
    for (const auto& [name, content] : list) {
      const Bytes value = wrapped ? joined({field(2, content), field(3, "Admins")}) : content;
      out = joined({out, entry(number, name, value)});
    }
  };
  add(2, groups, false);
  add(3, values, true);
  add(4, policies, true);
  return joined({out, field(5, "Admins")});
}

Bytes organisation(const std::string& id, const Ca& ca) {
  Named policies;
  for (const std::string name : {"Readers", "Writers", "Admins", "Endorsement"})
    policies.emplace_back(name, member_policy(id));
  return group({}, {{"MSP", msp_value(id, ca)}}, policies);
}

Bytes header_bytes(std::uint64_t number, ByteView previous, ByteView data_hash) {
  return encode_header({.number = number, .previous_hash = previous, .data_hash = data_hash});
}

struct Request {
  Bytes channel_header;
  Bytes signature_header;
  Bytes payload;  // ChaincodeProposalPayload
  std::string txid;

  Bytes header() const { return joined({field(1, channel_header), field(2, signature_header)}); }
  Bytes hash() const { return crypto::sha256(joined({channel_header, signature_header, payload})); }
};

Request request(const Member& client, std::string_view chaincode,
                const std::vector<std::string>& arguments) {
  Request result;
  const Bytes nonce = crypto::random_bytes(24);
  const Bytes creator = client.identity();
  result.txid = core::to_hex(crypto::sha256(joined({nonce, creator})));
  const Bytes called = field(2, field(2, chaincode));
  result.channel_header = joined({number_field(1, 3), field(3, number_field(1, 1'795'000'000)),
                                  field(4, kChannel), field(5, result.txid), field(7, called)});
  result.signature_header = joined({field(1, creator), field(2, nonce)});
  Bytes input;
  for (const std::string& one : arguments) input = joined({input, field(1, one)});
  const Bytes spec = joined({number_field(1, 1), field(2, field(2, chaincode)), field(3, input)});
  result.payload = field(1, field(1, spec));
  return result;
}

Bytes endorsement(const Member& member, const Bytes& payload) {
  const Bytes identity = member.identity();
  return joined({field(1, identity), field(2, member.sign(joined({payload, identity})))});
}

Bytes chaincode_action(const Bytes& results, const Bytes& response, std::string_view chaincode) {
  return joined({results.empty() ? Bytes() : field(1, results), field(3, response),
                 field(4, joined({field(2, chaincode), field(3, "1.0")}))});
}

Bytes write_bytes(const Put& put) {
  return joined({field(1, put.key), put.value ? field(3, *put.value) : number_field(2, 1)});
}

Bytes results_of(const EnvelopeSpec& spec) {
  Bytes set;
  if (spec.read) {
    const Bytes version =
        joined({number_field(1, spec.read->block), number_field(2, spec.read->transaction)});
    set = field(1, joined({field(1, spec.writes.front().key), field(2, version)}));
  }
  for (const Put& put : spec.writes) set = joined({set, field(3, write_bytes(put))});
  if (spec.key_policy) {
    const Bytes policy = joined({field(1, "VALIDATION_PARAMETER"), field(2, Bytes{0x0A, 0x00})});
    set = joined({set, field(4, joined({field(1, spec.writes.front().key), field(2, policy)}))});
  }
  Bytes results = field(2, joined({field(1, kChaincode), field(2, set)}));
  if (!spec.other_namespace.empty()) {
    const Bytes other = field(3, write_bytes({"k", "v"}));
    results =
        joined({results, field(2, joined({field(1, spec.other_namespace), field(2, other)}))});
  }
  return results;
}

}  // namespace

Network::Network(const Shape& shape)
    : ca_a("ca A"),
      ca_b(shape.one_ca_for_peers ? ca_a : Ca("ca B")),
      ca_o("ca O"),
      ca_p(shape.one_ca_for_orderers ? ca_o : Ca("ca P")),
      peer_a(enrol("AMSP", ca_a, "peer")),
      peer_b(enrol("BMSP", ca_b, "peer")),
      client(enrol("AMSP", ca_a, "client")),
      orderer_o(enrol("OMSP", ca_o, "orderer")),
      orderer_p(enrol("PMSP", ca_p, "orderer")),
      genesis(make_genesis()) {}

Bytes Network::make_genesis() const {
  const Named meta{{"Readers", meta_policy("Readers", 0)},
                   {"Writers", meta_policy("Writers", 0)},
                   {"Admins", meta_policy("Admins", 2)}};
  Named of_application = meta;
  of_application.emplace_back("Endorsement", meta_policy("Endorsement", 2));
  of_application.emplace_back("LifecycleEndorsement", meta_policy("Endorsement", 2));
  Named of_orderer = meta;
  of_orderer.emplace_back("BlockValidation", meta_policy("Writers", 0));
  const Bytes application = group(
      {{"A", organisation("AMSP", ca_a)}, {"B", organisation("BMSP", ca_b)}}, {}, of_application);
  const Bytes orderer =
      group({{"O", organisation("OMSP", ca_o)}, {"P", organisation("PMSP", ca_p)}},
            {{"ConsensusType", field(1, "etcdraft")}}, of_orderer);
  const Bytes channel = group({{"Application", application}, {"Orderer", orderer}}, {}, meta);
  const Bytes config = field(1, field(2, channel));
  const Bytes channel_header = joined({number_field(1, 1), field(4, kChannel)});
  const Bytes signature_header = field(2, Bytes(24, 'n'));
  const Bytes header = joined({field(1, channel_header), field(2, signature_header)});
  const Bytes envelope_bytes = field(1, joined({field(1, header), field(2, config)}));
  return joined({field(1, field(3, crypto::sha256(envelope_bytes))),
                 field(2, field(1, envelope_bytes)),
                 field(3, joined({field(1, ""), field(1, ""), field(1, Bytes{0})}))});
}

MadeEnvelope Network::envelope(const EnvelopeSpec& spec) const {
  const Request asked = request(client, kChaincode, {"put"});
  const Bytes response = number_field(1, 200);
  const Bytes signed_payload = joined(
      {field(1, asked.hash()), field(2, chaincode_action(results_of(spec), response, kChaincode))});
  const std::vector<Member> both{peer_a, peer_b};
  Bytes endorsed = field(1, signed_payload);
  for (const Member& one : spec.endorsers.empty() ? both : spec.endorsers)
    endorsed = joined({endorsed, field(2, endorsement(one, signed_payload))});
  const Bytes action = joined({field(1, asked.payload), field(2, endorsed)});
  const Bytes transaction = field(1, joined({field(1, asked.signature_header), field(2, action)}));
  const Bytes payload = joined({field(1, asked.header()), field(2, transaction)});
  return {joined({field(1, payload), field(2, client.sign(payload))}), asked.txid};
}

MadeEnvelope Network::record(const std::string& content, const std::string& key) const {
  return envelope({.writes = {{key, record_json(key, content)}}});
}

MadeEnvelope Network::deletion(const std::string& key) const {
  return envelope({.writes = {{key, std::nullopt}}});
}

Bytes Network::block(const BlockSpec& spec) const {
  const Member& orderer = spec.orderer != nullptr ? *spec.orderer : orderer_o;
  const Bytes data_hash = crypto::sha256(joined(spec.envelopes));
  const Bytes header = header_bytes(spec.number, spec.previous, data_hash);
  const Bytes value = field(1, "");  // the config block in force is number 0
  const Bytes signer = joined({field(1, orderer.identity()), field(2, crypto::random_bytes(24))});
  const Bytes signature =
      joined({field(1, signer), field(2, orderer.sign(joined({value, signer, header})))});
  Bytes data;
  for (const Bytes& one : spec.envelopes) data = joined({data, field(1, one)});
  return joined({field(1, joined({number_field(1, spec.number), field(2, spec.previous),
                                  field(3, data_hash)})),
                 field(2, data),
                 field(3, joined({field(1, joined({field(1, value), field(2, signature)})),
                                  field(1, ""), field(1, spec.flags.value_or(Bytes()))}))});
}

Bytes Network::block(std::uint64_t number, const std::vector<Bytes>& envelopes) const {
  return block({.number = number,
                .envelopes = envelopes,
                .flags = Bytes(envelopes.size(), 0),
                .previous = Bytes(32, static_cast<std::uint8_t>(number))});
}

std::vector<Bytes> Network::answers(const MadeEnvelope& about,
                                    const std::vector<Member>& peers) const {
  const Request asked =
      request(client, "qscc", {"GetTransactionByID", std::string(kChannel), about.txid});
  const Bytes proposal = joined({field(1, asked.header()), field(2, asked.payload)});
  std::vector<Bytes> result{joined({field(1, proposal), field(2, client.sign(proposal))})};
  const Bytes response = joined({number_field(1, 200), field(3, field(1, about.bytes))});
  const Bytes payload =
      joined({field(1, asked.hash()), field(2, chaincode_action({}, response, "qscc"))});
  for (const Member& peer : peers) {
    result.push_back(joined({number_field(1, 1), field(4, response), field(5, payload),
                             field(6, endorsement(peer, payload))}));
  }
  return result;
}

TrustText Network::trust() const {
  TrustText text;
  text.channel = kChannel;
  text.pin = core::to_hex(hash_of(genesis));
  text.config_blocks.clear();
  text.policy = "OutOf(2,'AMSP.peer','BMSP.peer')";
  text.at_least = 2;
  text.msp = {{"AMSP", "court"}, {"BMSP", "notary"}, {"OMSP", "notary"}, {"PMSP", "court"}};
  text.fabric_extra = "  config_blocks = [\"genesis.pb\"]\n";
  return text;
}

Case Network::item(const TrustText& text, const std::string& key) const {
  Case one(text, files());
  if (!key.empty()) one.record(key);
  one.file_bytes(core::as_bytes("v1"));
  return one;
}

std::string record_json(const std::string& key, const std::string& content) {
  return R"({"evidence_id":")" + key + R"(","what":{"sha256":")" +
         core::to_hex(crypto::sha256(core::as_bytes(content))) + R"("}})";
}

Bytes hash_of(const Bytes& block) {
  return crypto::sha256(encode_header(parse_block(block, {})->header));
}

}  // namespace heyan::ledgers::fabric::testing
