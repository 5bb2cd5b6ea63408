// Networks made for a test: organisations with CAs and keys of their own, genesis block, envelopes,
// blocks and signed answers, as hostile as a test wants them.
//
// Everything is encoded here by hand, field by field, so that nothing is shared with the readers
// under test but the tables of docs/fabric.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/unit/fabric/fixture.h"
#include "tests/unit/fabric/members.h"
#include "verifier/ledgers/fabric/rwset.h"

namespace heyan::ledgers::fabric::testing {

struct Put {
  std::string key;
  std::optional<std::string> value = {};  // nothing: a deletion
};

struct EnvelopeSpec {
  std::vector<Put> writes = {};
  std::vector<Member> endorsers = {};  // empty: those of the network
  std::string other_namespace = {};    // written to besides; empty: none
  bool key_policy = false;             // the set carries a policy of the key's own
  std::optional<Version> read = {};    // the version at which it read the first key
};

struct MadeEnvelope {
  Bytes bytes;
  std::string txid;
};

// Organisations A ("court") and B ("notary") with a peer each, a client of A, and orderers O
// ("notary") and P ("court"); both peers must endorse.
class Network {
 public:
  struct Shape {
    bool one_ca_for_peers = false;     // A and B
    bool one_ca_for_orderers = false;  // O and P
  };
  Network() : Network(Shape{}) {}
  explicit Network(const Shape& shape);

  MadeEnvelope envelope(const EnvelopeSpec& spec) const;
  // The usual record: v1 of EV-1, or another text.
  MadeEnvelope record(const std::string& content = "v1", const std::string& key = "EV-1") const;
  MadeEnvelope deletion(const std::string& key = "EV-1") const;

  struct BlockSpec {
    std::uint64_t number = 5;
    std::vector<Bytes> envelopes = {};
    std::optional<Bytes> flags = {};  // nothing: none, as orderers store it
    Bytes previous = Bytes(32, 1);    // hash of the header before
    const Member* orderer = nullptr;  // null: the one of O
  };
  Bytes block(const BlockSpec& spec) const;
  Bytes block(std::uint64_t number, const std::vector<Bytes>& envelopes) const;

  // The question, then the answer of each peer.
  std::vector<Bytes> answers(const MadeEnvelope& about, const std::vector<Member>& peers) const;

  // A list with this network's genesis block; ready for changes.
  TrustText trust() const;
  // For Case and parse_list: "genesis.pb".
  std::map<std::string, Bytes> files() const { return {{"genesis.pb", genesis}}; }
  Case item(const std::string& key = "EV-1") const { return item(trust(), key); }
  // The record EV-1 (empty: none named) and a file with content "v1".
  Case item(const TrustText& text, const std::string& key = "EV-1") const;

  Ca ca_a;
  Ca ca_b;
  Ca ca_o;
  Ca ca_p;
  Member peer_a;
  Member peer_b;
  Member client;
  Member orderer_o;
  Member orderer_p;
  Bytes genesis;

 private:
  Bytes make_genesis() const;
};

// JSON of a record of that key with the SHA-256 of `content`.
std::string record_json(const std::string& key, const std::string& content);
// Hash of the header of a block, for the `previous` of the next.
Bytes hash_of(const Bytes& block);

}  // namespace heyan::ledgers::fabric::testing
