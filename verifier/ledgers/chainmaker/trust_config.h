// [ledger.chainmaker] of a trust list: which chain this is, and whose organisations take part.
//
// Everything that a proof is judged by comes from here; nothing in a submission adds to it.
// Immutable; any thread.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "verifier/ledgers/chainmaker/record.h"
#include "verifier/trust/trust_list.h"

namespace heyan::ledgers::chainmaker {

enum class Consensus : std::uint8_t { kTbft, kDpos, kRaft, kSolo, kMaxBft };
std::string_view name(Consensus consensus);  // "TBFT" ...
// The number in a header's consensus arguments.
std::uint64_t number_of(Consensus consensus);

struct Organisation {
  std::string institution;
  std::vector<trust::InstitutionCa> cas;  // of the institution: the organisation's roots
};

struct Validator {
  std::string node_id;
  std::string institution;
  std::string org_id;                    // with certificates
  std::optional<crypto::PublicKey> key;  // in public-key mode; the node id is its own
  std::uint64_t from_height = 0;
  std::optional<std::uint64_t> to_height;  // the last one

  bool is_in_force(std::uint64_t height) const {
    return height >= from_height && (!to_height || height <= *to_height);
  }
};

// A key of an institution that is not revoked: whose signature it is, in public-key mode.
struct OwnedKey {
  std::string institution;
  std::optional<core::UtcTime> from;
  std::optional<core::UtcTime> until;
};

struct ChainmakerConfig : trust::LedgerConfig {
  std::string chain_id;
  crypto::Hash hash = crypto::Hash::kSm3;
  bool with_certificates = true;
  Consensus consensus = Consensus::kTbft;
  std::map<std::string, Organisation, std::less<>> organisations;  // by org id
  std::vector<Validator> validators;
  std::map<Bytes, crypto::Certificate> certificates;  // by the chain's hash of their DER
  std::map<Bytes, std::string> pinned;    // SHA-256 of a certificate -> org id: trusted as it is
  std::map<Bytes, std::uint64_t> frozen;  // the chain's hash of a certificate -> from that height
  std::vector<std::uint64_t>
      config_heights;                  // of reviewed config blocks, ascending; empty: not said
  std::vector<std::string> contracts;  // where records live; empty: any
  std::string record_quorum;  // of institutions that sign the record itself; empty: no rule
  std::map<Bytes, OwnedKey> institution_keys;  // by SHA-256 of SPKI
  RecordPlaces places;

  std::vector<const Validator*> validators_at(std::uint64_t height) const;
  // Is that the last config block that a block of this height may name?
  bool knows_config(std::uint64_t config_height, std::uint64_t height) const;
  // Is one node enough by this consensus?
  bool is_cosigned() const {
    return consensus != Consensus::kRaft && consensus != Consensus::kSolo;
  }
};

// Reads the table. Defects go to it; null after one.
std::shared_ptr<const ChainmakerConfig> read_config(trust::Table& table,
                                                    const trust::LedgerEntry& entry,
                                                    const trust::TrustList& list);

}  // namespace heyan::ledgers::chainmaker
