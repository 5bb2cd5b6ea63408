// [ledger.fisco-bcos] of a trust list: whom the court believes to be the chain's sealers, and where
// a record stands in a call (docs/fisco-bcos.md).
#pragma once

#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "verifier/crypto/key.h"
#include "verifier/ledgers/fisco_bcos/abi.h"
#include "verifier/ledgers/fisco_bcos/form.h"
#include "verifier/trust/trust_list.h"

namespace heyan::ledgers::fisco_bcos {

// Heights of blocks, both ends included.
struct Heights {
  std::uint64_t from = 0;
  std::uint64_t to = std::numeric_limits<std::uint64_t>::max();
  bool contains(std::uint64_t height) const { return from <= height && height <= to; }
  bool overlaps(const Heights& other) const { return from <= other.to && other.from <= to; }
};

struct Sealer {
  Bytes node_id;
  crypto::PublicKey key;
  std::string institution;
  std::uint64_t weight = 1;
  Heights heights;
};

// An institution that signs records themselves, by its account (EvidenceSignersData of
// FISCO-BCOS/evidenceSample).
struct RecordSigner {
  Bytes address;
  std::string institution;
  Heights heights;
};

struct Call {
  Method method;
  Bytes selector;  // four bytes
};

// Numbers of arguments, from 0.
struct RecordPlaces {
  std::map<std::string, std::size_t> digests;  // "sha-256" -> argument
  std::map<std::string, std::size_t> fields;   // id who what when where
};

struct FiscoConfig : trust::LedgerConfig {
  Form form;
  std::optional<std::string> chain_id;  // absent: the sealers alone say which chain
  std::optional<std::string> group_id;
  std::vector<Bytes> contracts;
  std::vector<Sealer> sealers;
  Call record;
  RecordPlaces places;
  std::vector<RecordSigner> signers;
  std::optional<Call> add_signature;  // a later call that adds one institution's signature
  std::string record_quorum;          // id; empty: none is asked

  std::vector<const Sealer*> sealers_at(std::uint64_t height) const;
  const RecordSigner* signer(ByteView address, std::uint64_t height) const;
};

std::shared_ptr<const FiscoConfig> read_config(trust::Table& table, const trust::LedgerEntry& entry,
                                               const trust::TrustList& list);

// Where v, r and s of an institution's signature stand among the arguments: the only place where
// uint8, bytes32, bytes32 follow each other. Nothing where there is none, or more than one.
std::optional<std::size_t> signature_place(const Method& method);

}  // namespace heyan::ledgers::fisco_bcos
