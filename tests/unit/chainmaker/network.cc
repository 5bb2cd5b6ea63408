#include "tests/unit/chainmaker/network.h"

#include <cstdlib>

#include "verifier/crypto/pem.h"
#include "verifier/ledgers/chainmaker/node_id.h"

namespace heyan::ledgers::chainmaker::testing {
namespace {

constexpr std::string_view kTxId =
    "1849000000000000000000000000000000000000000000000000000000000001";

crypto::SigningKey new_key(crypto::KeyAlgorithm algorithm) {
  auto key = crypto::SigningKey::generate(algorithm);
  if (!key) std::abort();
  return *std::move(key);
}

crypto::Scheme scheme_of(const crypto::SigningKey& key) {
  const bool sm2 = key.public_key().algorithm() == crypto::KeyAlgorithm::kSm2;
  return sm2 ? crypto::Scheme{.kind = crypto::SignatureKind::kSm2, .hash = crypto::Hash::kSm3}
             : crypto::Scheme{};
}

std::string pem_of(const crypto::Certificate& certificate) {
  return crypto::write_pem(certificate.der(), "CERTIFICATE");
}

void put_text(Bytes& out, std::uint32_t number, std::string_view text) {
  put_bytes(out, number, core::as_bytes(text));
}

Bytes vote_of(const BlockSpec& spec, const Bytes& hash, const VoteSpec& by) {
  Bytes vote;
  put_number(vote, 1, by.type);
  put_text(vote, 2, by.voter.empty() ? by.node_id : by.voter);
  put_number(vote, 3, by.height == 0 ? spec.height : by.height);
  put_number(vote, 4, by.round);
  put_bytes(vote, 5, by.hash.empty() ? ByteView(hash) : core::as_bytes(by.hash));
  const Bytes endorsement = by.person->endorsement(vote);
  put_message(vote, 6, endorsement);
  return vote;
}

Bytes member_of(const Person& person, std::uint64_t type, ByteView info) {
  Bytes member;
  put_text(member, 1, person.org_id);
  put_number(member, 2, type);
  put_bytes(member, 3, info);
  return member;
}

}  // namespace

Bytes Person::member() const { return member_of(*this, 0, core::as_bytes(pem_of(certificate))); }

Bytes Person::member_by_hash() const {
  return member_of(*this, 1, crypto::digest(crypto::Hash::kSm3, certificate.der()));
}

Bytes Person::endorsement(ByteView message) const {
  const auto signature = key.sign(scheme_of(key), message);
  if (!signature) std::abort();
  Bytes entry;
  put_message(entry, 1, member());
  put_bytes(entry, 2, *signature);
  return entry;
}

Bytes payload_of(const BlockSpec& spec, const std::string& tx_id) {
  Bytes payload;
  put_text(payload, 1, "test-chain");
  put_text(payload, 3, tx_id);
  put_number(payload, 4, static_cast<std::uint64_t>(spec.time_seconds));
  put_text(payload, 6, spec.contract);
  put_text(payload, 7, spec.method);
  for (const auto& [key, value] : spec.parameters) {
    Bytes parameter;
    put_text(parameter, 1, key);
    put_text(parameter, 2, value);
    put_message(payload, 8, parameter);
  }
  return payload;
}

Bytes state_with(bool write, std::string_view contract, ByteView key, ByteView value) {
  Bytes entry;
  put_bytes(entry, 1, key);
  put_bytes(entry, 2, value);
  put_text(entry, 3, contract);
  Bytes set;
  put_text(set, 1, kTxId);
  put_message(set, write ? 3 : 2, entry);
  return set;
}

Network::Network(crypto::KeyAlgorithm algorithm, std::string chain_hash, std::size_t count)
    : algorithm_(algorithm), chain_hash_(std::move(chain_hash)) {
  std::vector<std::string> ids = {"court", "notary", "copyright", "forensic"};
  while (ids.size() < count) ids.push_back("institution-" + std::to_string(ids.size()));
  for (const std::string& id : ids) {
    crypto::SigningKey ca_key = new_key(algorithm);
    crypto::Certificate ca = crypto::test::issue_ca("ca." + id, ca_key, "ca." + id, ca_key);
    const auto issue = [&](const std::string& unit) {
      crypto::SigningKey key = new_key(algorithm);
      auto certificate =
          crypto::test::issue({.subject = unit + "." + id,
                               .issuer = "ca." + id,
                               .extensions = {{"keyUsage", "critical,digitalSignature"}},
                               .organisation = id + ".test",
                               .unit = unit},
                              key, ca_key);
      return Person{id + ".test", std::move(key), std::move(certificate)};
    };
    Person node = issue("consensus");
    Person admin = issue("admin");
    // The id belongs to the node's TLS key, which no proof shows.
    std::string node_id = *node_id_of(new_key(algorithm).public_key());
    institutions.push_back({id, std::move(ca_key), std::move(ca), std::move(node), std::move(admin),
                            std::move(node_id)});
  }
}

Person Network::enrol(const Institution& issuer, const std::string& unit,
                      std::optional<crypto::SigningKey> key, const std::string& org_id) const {
  crypto::SigningKey own = key ? *std::move(key) : new_key(algorithm_);
  const std::string organisation = org_id.empty() ? issuer.id + ".test" : org_id;
  auto certificate = crypto::test::issue({.subject = unit + " of " + issuer.id,
                                          .issuer = "ca." + issuer.id,
                                          .extensions = {{"keyUsage", "critical,digitalSignature"}},
                                          .organisation = organisation,
                                          .unit = unit},
                                         own, issuer.ca_key);
  return {organisation, std::move(own), std::move(certificate)};
}

Bytes Network::digest(ByteView bytes) const {
  const crypto::Hash hash = chain_hash_ == "SM3"      ? crypto::Hash::kSm3
                            : chain_hash_ == "SHA256" ? crypto::Hash::kSha256
                                                      : crypto::Hash::kSha3_256;
  return crypto::digest(hash, bytes);
}

Network::Parts Network::parts(const BlockSpec& spec) const {
  Bytes rw_set = spec.rw_set;
  if (rw_set.empty()) put_text(rw_set, 1, kTxId);
  const Bytes payload = payload_of(spec, std::string(kTxId));
  Bytes transaction;
  put_message(transaction, 1, payload);
  put_message(transaction, 2,
              spec.sender ? spec.sender(payload) : institutions.front().admin.endorsement(payload));
  for (const Person* one : spec.endorsers) put_message(transaction, 3, one->endorsement(payload));
  Bytes contract_result;
  put_text(contract_result, 2, "ok");
  Bytes result;
  put_message(result, 2, contract_result);
  put_bytes(result, 3, digest(rw_set));
  put_message(transaction, 4, result);

  Bytes before;  // fields 1 to 4
  put_number(before, 1, 2'030'200);
  put_text(before, 3, "test-chain");
  put_number(before, 4, spec.height);
  Bytes behind;  // fields 6 to 14
  put_bytes(behind, 6, spec.previous_hash);
  put_number(behind, 7, spec.config_height);
  put_number(behind, 8, 1);
  put_bytes(behind, 9, digest(transaction));
  put_bytes(behind, 10, digest(Bytes{0x12, 0x00}));
  put_bytes(behind, 11, digest(rw_set));
  put_number(behind, 12, static_cast<std::uint64_t>(spec.time_seconds));
  put_bytes(behind, 13, spec.consensus_args);
  put_message(behind, 14, institutions.front().node.member());
  Bytes hashed = before;
  hashed.insert(hashed.end(), behind.begin(), behind.end());
  const Bytes hash = digest(hashed);
  Bytes header = before;
  put_bytes(header, 5, hash);
  header.insert(header.end(), behind.begin(), behind.end());
  const auto& proposer = institutions.front().node;
  put_bytes(header, 15, *proposer.key.sign(scheme_of(proposer.key), hash));

  Bytes votes;
  put_number(votes, 1, spec.set_type);
  put_number(votes, 2, spec.height);
  auto voters = spec.votes;
  if (voters.empty()) {
    for (const Institution& one : institutions) voters.push_back({one.node_id, &one.node});
  }
  for (const VoteSpec& by : voters) {
    Bytes entry;
    put_text(entry, 1, by.node_id);
    put_message(entry, 2, vote_of(spec, hash, by));
    put_message(votes, 6, entry);
  }
  return {.header = std::move(header),
          .votes = std::move(votes),
          .transaction = std::move(transaction),
          .rw_set = std::move(rw_set)};
}

Bytes Network::proof(const BlockSpec& spec) const {
  const Parts parts = this->parts(spec);
  Value extra{Value::Object{}};
  extra.set("TBFTAddtionalDataKey", core::to_base64(parts.votes));
  Value proof{Value::Object{}};
  proof.set("schema", "heyan.chainmaker-proof.v1");
  proof.set("block_header_pb", core::to_base64(parts.header));
  proof.set("extra_data", std::move(extra));
  proof.set("tx_pb", core::to_base64(parts.transaction));
  proof.set("tx_index", 0);
  proof.set("merkle_path", Value(Value::Array{}));
  proof.set("rw_set_pb", core::to_base64(parts.rw_set));
  return core::to_bytes(std::string_view(core::json::write_canonical(proof)));
}

Bytes Network::binary_proof(const BlockSpec& spec) const {
  const Parts parts = this->parts(spec);
  Bytes entry;
  put_text(entry, 1, "TBFTAddtionalDataKey");
  put_bytes(entry, 2, parts.votes);
  Bytes proof;
  put_bytes(proof, 1, parts.header);
  put_message(proof, 2, entry);
  put_bytes(proof, 3, parts.transaction);
  put_bytes(proof, 6, parts.rw_set);
  return proof;
}

Scene Network::scene(const BlockSpec& spec) const {
  Scene scene;
  std::string text =
      "[list]\nid = \"test\"\nversion = 1\nissued = 2026-01-01T00:00:00Z\n"
      "next_update = 2036-01-01T00:00:00Z\n";
  std::string tables;
  for (const Institution& one : institutions) {
    const std::string path = one.id + ".pem";
    scene.files[path] = core::to_bytes(std::string_view(pem_of(one.ca)));
    text += "[[institution]]\nid = \"" + one.id +
            "\"\nkind = \"other\"\nname = { zh = \"机构\", en = \"" + one.id +
            "\" }\n[[institution.ca]]\nfile = \"" + path + "\"\n";
    tables += "[[ledger.chainmaker.organisation]]\norg_id = \"" + one.id +
              ".test\"\ninstitution = \"" + one.id +
              "\"\n[[ledger.chainmaker.validator]]\nnode_id = \"" + one.node_id +
              "\"\ninstitution = \"" + one.id + "\"\norg_id = \"" + one.id + ".test\"\n";
  }
  text +=
      "[[quorum]]\nid = \"three\"\nat_least = 3\n"
      "of = [\"court\", \"notary\", \"copyright\", \"forensic\"]\n"
      "[[ledger]]\nid = \"chain\"\nformat = \"chainmaker\"\nquorum = \"three\"\n"
      "name = { zh = \"链\", en = \"Chain\" }\n"
      "[ledger.chainmaker]\nchain_id = \"test-chain\"\nhash = \"" +
      chain_hash_ + "\"\nauth = \"cert\"\nconsensus = \"TBFT\"\n" + tables;
  scene.files["trust.toml"] = core::to_bytes(std::string_view(text));
  scene.item.set_id("E1");
  scene.proofs = {proof(spec)};
  return scene;
}

}  // namespace heyan::ledgers::chainmaker::testing
