// Requests to the judicial chain of the Hangzhou Internet Court: notaryToken (who stores) and
// notaryCert (what is stored).
//
// Source: the public documentation of a client (Lin07ux/net-court, README). The account signs
// accountId+bizId+timestamp, or meta.accountId+meta.phase+timestamp, with RSASSA-PKCS1-v1_5 and
// SHA-256, in hex. NOTARYCONTENT IS NOT SIGNED: a valid signature says nothing of the fingerprint.
// Pure, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "court_adapters/adapter.h"
#include "verifier/core/bytes.h"
#include "verifier/core/limits.h"
#include "verifier/crypto/key.h"

namespace heyan::court_adapters::netcourt_hangzhou {

enum class Call : std::uint8_t { kNotaryToken, kNotaryCert };

inline constexpr std::int64_t kWindowMs = 300'000;  // of the account's clock, both ways
// Whether the signature covers notaryContent.
inline constexpr bool kContentIsSigned = false;

// entity or customer.
struct Person {
  bool is_enterprise = false;
  std::string name;
  std::string number_type;  // certType
  std::string number;
};

struct NotaryRequest {
  Call call = Call::kNotaryCert;
  std::string account;
  std::string biz_id;   // notaryToken
  std::string phase;    // notaryCert
  std::string token;    // notaryCert: transaction id that notaryToken gave
  std::string content;  // notaryCert: notaryContent
  std::int64_t timestamp_ms = 0;
  std::string signed_text;
  core::Bytes signature;
  std::optional<Person> entity;
  std::optional<Person> customer;
};

// What was read, as far as it could be, and every defect: those of json_fault.h, wrong-type
// field-required control-character limit unknown-code bad-time bad-signature-text
// resident-id-invalid credit-code-invalid.
struct ReadRequest {
  NotaryRequest request;
  std::vector<Defect> defects;
};
// `at_ms`: the time of reading.
ReadRequest read_request(core::ByteView json, Call call, std::int64_t at_ms,
                         const core::Limits& limits);

// By two libraries that must agree.
bool is_signed_by(const NotaryRequest& request, const crypto::PublicKey& key,
                  const core::Limits& limits);

enum class Window : std::uint8_t { kInside, kStale, kFuture };
Window window_of(std::int64_t timestamp_ms, std::int64_t now_ms, std::int64_t window_ms);

}  // namespace heyan::court_adapters::netcourt_hangzhou
