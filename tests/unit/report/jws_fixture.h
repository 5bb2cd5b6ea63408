// A signed report and the means to change it, with or without signing it again.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "verifier/core/json.h"
#include "verifier/report/jws.h"

namespace heyan::report {

using crypto::KeyAlgorithm;
using crypto::SigningKey;

inline core::UtcTime at(std::string_view text) { return *core::parse_rfc3339(text); }

inline ReportSigner signer(KeyAlgorithm algorithm) {
  SigningKey key = SigningKey::generate(algorithm).value();
  auto certificate =
      key.self_signed("Report", at("2026-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z"));
  return {std::move(key), {*std::move(certificate)}};
}

// Base64url of a text, and back.
inline std::string b64(std::string_view text) { return core::to_base64url(core::as_bytes(text)); }
inline std::string unb64(std::string_view text) {
  return core::to_string(core::from_base64url(text).value());
}

inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t place = text.find(from);
  EXPECT_NE(place, std::string::npos) << from;
  if (place != std::string::npos) text.replace(place, from.size(), to);
  return text;
}

class Jws : public ::testing::Test {
 protected:
  JwsVerdict verify(std::string_view document) const {
    crypto::SignatureChecker checker(crypto::production_engines(), {});
    return verify_report(core::as_bytes(document), pinned_, checker);
  }
  JwsFault fault(std::string_view document) const {
    const JwsVerdict verdict = verify(document);
    EXPECT_EQ(verdict.outcome == JwsOutcome::kInvalid, verdict.fault != JwsFault::kNone);
    return verdict.fault;
  }
  std::string member(std::string_view pointer) const {
    return *core::json::parse(core::as_bytes(good_), {})->at(pointer)->as_string();
  }
  static std::string write(std::string_view payload,
                           const std::vector<std::pair<std::string, std::string>>& signatures) {
    std::string text = "{\"payload\":\"" + std::string(payload) + "\",\"signatures\":[";
    for (const auto& [header, signature] : signatures) {
      if (text.back() == '}') text += ",";
      text += "{\"protected\":\"" + header + "\",\"signature\":\"" + signature + "\"}";
    }
    return text + "]}";
  }
  // The document with one header replaced by what `change` makes of it, signed again with the right
  // key.
  std::string with_header(int index, const std::function<std::string(std::string)>& change) const {
    std::vector<std::pair<std::string, std::string>> signatures;
    for (int i = 0; i < 2; ++i) {
      const std::string base = "/signatures/" + std::to_string(i);
      std::string header = member(base + "/protected");
      std::string signature = member(base + "/signature");
      if (i == index) {
        header = b64(change(unb64(header)));
        signature = sign_again(i, header, member("/payload"));
      }
      signatures.emplace_back(header, signature);
    }
    return write(member("/payload"), signatures);
  }
  std::string sign_again(int index, const std::string& header, const std::string& payload) const {
    const crypto::Scheme ecdsa{.encoding = crypto::SignatureEncoding::kRs};
    const crypto::Scheme sm2{.kind = crypto::SignatureKind::kSm2,
                             .hash = crypto::Hash::kSm3,
                             .encoding = crypto::SignatureEncoding::kRs};
    const std::string input = header + "." + payload;
    return core::to_base64url((index == 0 ? es256_ : sm2_)
                                  .key.sign(index == 0 ? ecdsa : sm2, core::as_bytes(input))
                                  .value());
  }

  const std::string payload_ = R"({"reportNumber":"2026-1","verdict":"ALL_CONSISTENT"})";
  const ReportSigner es256_ = signer(KeyAlgorithm::kEcdsaP256);
  const ReportSigner sm2_ = signer(KeyAlgorithm::kSm2);
  const std::vector<ReportSigner> signers_ = {sm2_, es256_};
  const std::vector<crypto::PublicKey> pinned_ = {es256_.key.public_key(), sm2_.key.public_key()};
  const core::UtcTime time_ = at("2026-06-01T08:00:00.250Z");
  const std::string good_ =
      sign_report(core::as_bytes(payload_), signers_, time_, LogPosition{"heyan.example/log", 7})
          .value();
};

}  // namespace heyan::report
