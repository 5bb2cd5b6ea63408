// A chain made for a test: four institutions with SM2 certificates, and blocks of one transaction
// that they sign as ChainMaker's nodes do. What a test changes of a block is signed over.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tests/unit/chainmaker/fixture.h"
#include "tests/unit/crypto/issuer.h"

namespace heyan::ledgers::chainmaker::testing {

// A certificate with its key, as a member of an organisation.
struct Person {
  std::string org_id;
  crypto::SigningKey key;
  crypto::Certificate certificate;

  Bytes member() const;                       // with its certificate
  Bytes member_by_hash() const;               // SM3
  Bytes endorsement(ByteView message) const;  // EndorsementEntry
};

struct Institution {
  std::string id;  // organisation "ID.test"
  crypto::SigningKey ca_key;
  crypto::Certificate ca;
  Person node;   // OU consensus
  Person admin;  // OU admin
  std::string node_id;
};

// Who votes under which node id, and what is unusual about the vote.
struct VoteSpec {
  std::string node_id;  // key in the set
  const Person* person = nullptr;
  std::string voter = {};  // empty: the node id
  std::uint64_t type = 1;  // precommit
  std::uint64_t round = 0;
  std::uint64_t height = 0;  // 0: the block's
  std::string hash = {};     // empty: the block's
};

struct BlockSpec {
  std::uint64_t height = 10;
  std::uint64_t config_height = 3;
  std::int64_t time_seconds = 1'750'000'000;
  Bytes previous_hash = Bytes(32, 7);
  Bytes consensus_args = {};
  std::uint64_t set_type = 1;  // of the vote set
  std::string contract = "evidence";
  std::string method = "Evidence";
  std::vector<std::pair<std::string, std::string>> parameters = {
      {"hash", std::string(64, 'a')}, {"id", "EV-1"}, {"metadata", R"({"hashAlgorithm":"sm3"})"}};
  std::function<Bytes(const Bytes& payload)> sender =
      {};  // EndorsementEntry; absent: admin of the first
  std::vector<const Person*> endorsers = {};
  Bytes rw_set = {};                 // empty: a set without entries
  std::vector<VoteSpec> votes = {};  // absent: every node under its own id
};

class Network {
 public:
  // Institutions: court, notary, copyright, forensic, and then by number.
  explicit Network(crypto::KeyAlgorithm algorithm = crypto::KeyAlgorithm::kSm2,
                   std::string chain_hash = "SM3", std::size_t count = 4);

  // A person of an organisation, by the CA of `issuer`; `key`: absent: a fresh one.
  Person enrol(const Institution& issuer, const std::string& unit,
               std::optional<crypto::SigningKey> key = {}, const std::string& org_id = {}) const;

  // JSON heyan.chainmaker-proof.v1, and the same in protobuf.
  Bytes proof(const BlockSpec& spec = {}) const;
  Bytes binary_proof(const BlockSpec& spec = {}) const;
  // The trust list of this chain, with the proof of that block.
  Scene scene(const BlockSpec& spec = {}) const;

  std::vector<Institution> institutions;  // court notary copyright forensic

 private:
  struct Parts {
    Bytes header;
    Bytes votes;
    Bytes transaction;
    Bytes rw_set;
  };
  Parts parts(const BlockSpec& spec) const;
  Bytes digest(ByteView bytes) const;

  crypto::KeyAlgorithm algorithm_;
  std::string chain_hash_;
};

// The payload of a call, for what is signed outside of a block.
Bytes payload_of(const BlockSpec& spec, const std::string& tx_id);
// A read-write set that reads or writes one entry.
Bytes state_with(bool write, std::string_view contract, ByteView key, ByteView value);

}  // namespace heyan::ledgers::chainmaker::testing
