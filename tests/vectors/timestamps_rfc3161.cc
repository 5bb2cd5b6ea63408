// Kind rfc3161-token of topic timestamps: tokens by verifier/ledgers/rfc3161.
#include <array>

#include "tests/vectors/kinds.h"
#include "verifier/core/time.h"
#include "verifier/timestamps/verification.h"

namespace heyan::vectors {

std::span<const Kind> timestamps_rfc3161();

namespace {

using timestamps::Digests;
using timestamps::Envelope;
using timestamps::Request;
using timestamps::Trust;
using timestamps::Verdict;
using timestamps::Verification;

// Every hash that an imprint may have, and of an imprint that is only given as text every hash of
// its length: the case does not say which.
constexpr std::array kHashes = {
    crypto::Hash::kMd5,    crypto::Hash::kSha1, crypto::Hash::kSha256,  crypto::Hash::kSha384,
    crypto::Hash::kSha512, crypto::Hash::kSm3,  crypto::Hash::kSha3_256};

Digests digests_of(const KindCase& one) {
  Digests digests;
  if (const auto document = one.input("document")) {
    for (const crypto::Hash hash : kHashes) digests[hash] = crypto::digest(hash, *document);
  } else if (const auto text = one.input("imprint")) {
    std::string_view hex = core::as_text(*text);
    while (!hex.empty() && hex.back() == '\n') hex.remove_suffix(1);
    const auto imprint = core::from_hex(hex);
    for (const crypto::Hash hash : kHashes) {
      if (imprint && imprint->size() == crypto::digest_bytes(hash)) digests[hash] = *imprint;
    }
  }
  return digests;
}

std::vector<crypto::Certificate> certificates_of(const KindCase& one, std::string_view role) {
  const auto pem = one.input(role);
  if (!pem) return {};
  auto list = crypto::Certificate::list_from_pem(core::as_text(*pem));
  return list ? *std::move(list) : std::vector<crypto::Certificate>();
}

Trust trust_of(const KindCase& one) {
  Trust trust;
  trust.anchors = certificates_of(one, "anchors");
  trust.candidates = certificates_of(one, "extra_certs");
  for (const std::string_view role : {"crl_1", "crl_2"}) {
    const auto der = one.input(role);
    if (!der) continue;
    if (const auto list = crypto::RevocationList::from_der(*der)) {
      trust.revocation_lists.push_back(*list);
    }
  }
  if (!one.text("policies").empty()) trust.policies = {one.text("policies")};
  if (!one.text("sm2_id").empty()) trust.sm2_user_id = one.text("sm2_id");
  return trust;
}

std::string_view result_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kValid:
      return "valid";
    case Verdict::kNonconforming:
      return "valid-nonconforming";
    case Verdict::kRefused:
      return "policy-refused";
    case Verdict::kIndeterminate:
      return "indeterminate";
    case Verdict::kUndecided:
      return "undecided";
    case Verdict::kInvalid:
      return "invalid";
    case Verdict::kMalformed:
      break;
  }
  return "malformed";
}

void compare_token(const KindCase& one, const crypto::TimestampToken& token, KindResult& result) {
  const std::string expected = one.text("expected_gen_time");
  if (!expected.empty() && (!token.info || token.info->time != core::parse_rfc3339(expected))) {
    result.wrong.push_back("genTime");
  }
  const auto names = token.signer.certificate ? token.signer.certificate->subject_values("CN")
                                              : std::vector<std::string>();
  const std::string signer = names.empty() ? "" : names.back();
  const std::string wanted = one.text("expected_signer_cn");
  if (!wanted.empty() && wanted != signer) result.wrong.push_back("signer " + signer);
  const std::string forbidden = one.text("forbidden_signer_cn");
  if (!forbidden.empty() && forbidden == signer) result.wrong.push_back("signer " + signer);
}

Verification judge(const KindCase& one, core::ByteView bytes, KindResult& result) {
  const Trust trust = trust_of(one);
  const core::Limits limits;
  crypto::SignatureChecker checker(crypto::production_engines(), limits);
  const auto envelope = timestamps::open_envelope(bytes);
  if (!envelope) return timestamps::malformed(envelope.error());
  if (!envelope->granted) return timestamps::refused_by_authority();
  const auto token = timestamps::read_token(envelope->token, trust, checker, limits);
  if (!token) return timestamps::malformed(token.error());
  std::vector<Request> requests;
  if (const auto request = one.input("request")) {
    auto opened = timestamps::open_envelope(*request);
    if (opened && opened->request) requests.push_back(*std::move(opened->request));
  }
  compare_token(one, *token, result);
  const auto at = core::from_unix_ms(one.clock_ms().value_or(0));
  return timestamps::verify(*token, trust, digests_of(one), requests, {at}, checker, limits);
}

KindResult run_token(const KindCase& one) {
  KindResult result;
  const auto bytes = one.input("token");
  if (!bytes) {
    result.result = "no token";
    return result;
  }
  const Verification found = judge(one, *bytes, result);
  result.result = result_of(found.verdict);
  for (const auto reason : found.reasons) result.reasons.emplace(timestamps::name(reason));
  return result;
}

constexpr std::array kKinds = {Kind{"rfc3161-token", run_token}};

}  // namespace

std::span<const Kind> timestamps_rfc3161() { return kKinds; }

}  // namespace heyan::vectors
