// What a depositor kept of a deposit through Zhixin's open platform (JSON heyan.zhixin-deposit.v1):
// the request that it signed, and what the platform answered.
//
// Threat: known names only, nothing twice, nothing behind, one spelling of key and signature. The
// signed text is publicKey_hash_extendInfo; key and hash hold no underscore, so that it reads one
// way only. docs/zhixin.md has the grammar. Pure; any thread.
#pragma once

#include "verifier/crypto/key.h"
#include "verifier/ledgers/zhixin/statements.h"

namespace heyan::ledgers::zhixin {

inline constexpr std::string_view kDepositSchema = "heyan.zhixin-deposit.v1";
inline constexpr std::size_t kMaxExtendInfo = 1024;  // characters

struct Deposit {
  crypto::PublicKey key;
  std::string hash;         // hexadecimal, as signed
  core::Bytes fingerprint;  // the bytes of it: 32, 48 or 64
  std::string extend_info;
  std::string signed_text;
  core::Bytes signature;
  std::vector<Statement> answer;  // of the platform; empty where it was not kept
};

core::Result<Deposit> read_deposit(const core::json::Value& document);

}  // namespace heyan::ledgers::zhixin
