// Chains made for a test: as many sealers and transactions a block as a test wants, and as hostile.
// Everything is put together here by hand, so that nothing is shared with the readers under test
// but docs/fisco-bcos.md.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "verifier/core/json.h"
#include "verifier/crypto/signing.h"
#include "verifier/ledgers/fisco_bcos/form.h"

namespace heyan::ledgers::fisco_bcos::testing {

inline constexpr std::string_view kContract = "0xdf765823bf0ab557bfe32e1d41c05b8aa0953602";
inline constexpr std::string_view kPlainMethod = "storeEvidence(string,string)";
inline constexpr std::string_view kSignedMethod =
    "newEvidence(string,string,string,uint8,bytes32,bytes32)";
inline constexpr std::string_view kAddMethod = "addSignatures(uint8,bytes32,bytes32)";

Bytes hash(Crypto crypto, ByteView bytes);  // of that chain
std::string hex(ByteView bytes);
std::string big_endian(std::uint64_t number, std::size_t octets);
std::string word(std::uint64_t number);      // 32 bytes
std::string words(const std::string& text);  // length and content, padded
// selector, heads and tails of strings alone
std::string call_of(Crypto crypto, std::string_view method, const std::vector<std::string>& texts);

struct Account {
  crypto::SigningKey key;
  Bytes xy;
  Bytes address;
};

struct Spec {
  std::string to = std::string(kContract);
  std::string input;                // bytes
  std::string nonce = "123456789";  // bytes, shown as they are
  std::string created = {};         // contract address in the receipt
  std::uint32_t status = 0;
  std::uint64_t number = 100;
  std::uint64_t timestamp_ms = 1'750'000'000'000;
  std::vector<int> signers = {0, 1, 2};
  std::vector<std::uint64_t> weights = {};  // empty: 1 each
  std::string chain_id = "chain0";          // 3.x; chain and group of 2.x are 1
  const Account* sender = nullptr;          // null: the chain's own client
};

class Chain {
 public:
  explicit Chain(Crypto crypto, Generation generation = Generation::k3, std::size_t sealers = 4);

  // Of a block with that transaction alone.
  core::json::Value proof(const Spec& spec) const;
  // Of each transaction of one block, which differ in their inputs; 2.x: at most 16.
  std::vector<core::json::Value> proofs(const Spec& block,
                                        const std::vector<std::string>& inputs) const;
  // The trust list: institutions court, notary, copyright, platform and so on, a sealer each.
  std::string trust(const std::string& record, const std::string& fisco = {},
                    const std::string& sealer_extra = {}) const;

  Crypto crypto() const { return crypto_; }
  Bytes digest(ByteView bytes) const;
  // r || s || v or r || s || X || Y
  Bytes sign(const Account& account, ByteView digest) const;
  const Account& client() const { return accounts_.back(); }
  const Account& sealer(std::size_t i) const { return accounts_.at(i); }
  std::size_t sealers() const { return accounts_.size() - 1; }

 private:
  std::vector<core::json::Value> proofs_2(const Spec& block,
                                          const std::vector<std::string>& inputs) const;
  std::vector<core::json::Value> proofs_3(const Spec& block,
                                          const std::vector<std::string>& inputs) const;
  // As a header lists them; `index_name` of each entry's number.
  core::json::Value signature_list(const Spec& block, ByteView header_hash,
                                   std::string_view index_name) const;

  Crypto crypto_;
  Generation generation_;
  std::vector<Account> accounts_;  // sealers, then one client
};

// [ledger.record] of the methods above.
std::string plain_record(Crypto crypto);
std::string signed_record();

Bytes bytes_of(const core::json::Value& proof);

}  // namespace heyan::ledgers::fisco_bcos::testing
