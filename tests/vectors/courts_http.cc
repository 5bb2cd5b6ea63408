// HTTP kinds of topic courts: signatures, digests, webhooks and problem documents.
#include <algorithm>
#include <array>

#include "gateway/http/digest_fields.h"
#include "gateway/http/received_problem.h"
#include "gateway/message_signatures/signatures.h"
#include "gateway/message_signatures/webhooks.h"
#include "tests/vectors/kinds.h"

namespace heyan::vectors {

std::span<const Kind> courts_http();

namespace {

using message_signatures::Fault;

// What each fault is called in FORMAT.md; empty: it has no name there.
std::string reason_of(Fault fault) {
  switch (fault) {
    case Fault::kMissing:
      return "SIGNATURE_MISSING";
    case Fault::kMalformed:
    case Fault::kComponentMissing:
      return "MALFORMED";
    case Fault::kInvalid:
      return "SIGNATURE_INVALID";
    case Fault::kDigestMismatch:
      return "DIGEST_MISMATCH";
    case Fault::kNothingCovered:
      return "NOTHING_COVERED";
    case Fault::kStale:
      return "TIMESTAMP_STALE";
    case Fault::kFuture:
      return "TIMESTAMP_FUTURE";
    case Fault::kVersionUnknown:
      return "VERSION_UNKNOWN";
    case Fault::kNotCovered:
    case Fault::kUntimed:
    case Fault::kOtherKey:
      return "";
  }
  return "";
}

void report(const std::set<Fault>& faults, KindResult& result) {
  for (const Fault fault : faults) {
    result.output += std::string(name(fault)) + " ";
    if (const std::string reason = reason_of(fault); !reason.empty()) result.reasons.insert(reason);
  }
}

struct File {
  message_signatures::Message message;
  core::Bytes body;
};

// A request or an answer as it goes over the wire.
std::optional<File> read_file(const core::Bytes& bytes, const std::string& scheme) {
  const std::string_view text = core::as_text(bytes);
  const std::size_t line_end = text.find("\r\n");
  const std::size_t head_end = text.find("\r\n\r\n");
  if (head_end == std::string_view::npos) return std::nullopt;
  const std::size_t fields_begin = line_end + 2;
  auto fields = http::parse_fields(line_end == head_end
                                       ? std::string_view()
                                       : text.substr(fields_begin, head_end + 2 - fields_begin),
                                   {});
  if (!fields) return std::nullopt;
  File file;
  file.message.scheme = scheme;
  file.message.fields = *std::move(fields);
  file.body = core::to_bytes(text.substr(head_end + 4));
  const std::string_view line = text.substr(0, line_end);
  const std::size_t first = line.find(' ');
  const std::size_t second = line.find(' ', first + 1);
  if (first == std::string_view::npos) return std::nullopt;
  if (line.starts_with("HTTP/")) {
    const std::string_view digits = line.substr(first + 1, 3);
    if (digits.size() != 3) return std::nullopt;
    for (const char digit : digits)
      file.message.status = static_cast<std::uint16_t>(file.message.status * 10 + (digit - '0'));
    return file;
  }
  if (second == std::string_view::npos) return std::nullopt;
  file.message.method = std::string(line.substr(0, first));
  file.message.target = std::string(line.substr(first + 1, second - first - 1));
  return file;
}

void compare(const KindCase& one, std::string_view param, const std::string& got,
             KindResult& result) {
  if (one.param(param) != nullptr && one.text(param) != got)
    result.wrong.push_back(std::string(param) + " is " + got);
}

// By its own algorithm: the message never chooses.
std::string algorithm_of(const crypto::PublicKey& key) {
  if (key.algorithm() == crypto::KeyAlgorithm::kEd25519) return "ed25519";
  return key.algorithm() == crypto::KeyAlgorithm::kRsa ? "rsa-pss-sha512" : "ecdsa-p256-sha256";
}

KindResult run_signature(const KindCase& one) {
  KindResult result;
  const auto message = one.input("message");
  const auto pem = one.input("key");
  const auto file = message ? read_file(*message, one.text("scheme")) : std::nullopt;
  const auto key = crypto::PublicKey::from_pem(core::as_text(pem.value_or(core::Bytes())));
  if (!file || !key) {
    result.result = "invalid";
    result.reasons = {"MALFORMED"};
    return result;
  }
  message_signatures::Policy policy;
  policy.now = one.clock_ms().value_or(0) / 1000;
  policy.max_age = one.number("max_age_s").value_or(policy.max_age);
  if (one.param("keyid") != nullptr) policy.keyid = one.text("keyid");
  crypto::SignatureChecker checker(crypto::production_engines(), {});
  const auto found = message_signatures::verify(file->message, file->body, one.text("label"), *key,
                                                policy, checker);
  report(found.faults, result);
  const bool broken = std::ranges::any_of(found.faults, [](Fault fault) {
    return fault == Fault::kMissing || fault == Fault::kMalformed || fault == Fault::kInvalid ||
           fault == Fault::kComponentMissing || fault == Fault::kDigestMismatch;
  });
  result.result = broken ? "invalid" : found.faults.empty() ? "valid" : "refused";
  if (const auto base = one.input("base"); base && core::as_text(*base) != found.base)
    result.wrong.emplace_back("the signature base is another");
  compare(one, "signature",
          !found.has_signature ? "absent" : (found.signature_valid ? "valid" : "invalid"), result);
  compare(one, "content_digest",
          !found.digest_matches ? "absent" : (*found.digest_matches ? "match" : "mismatch"),
          result);
  compare(one, "alg", algorithm_of(*key), result);
  compare(one, "keyid", found.keyid, result);
  if (const auto created = one.number("created"); created && created != found.created)
    result.wrong.emplace_back("created is another");
  return result;
}

std::string member(const core::json::Value& object, std::string_view name) {
  const core::json::Value* const value = object.find(name);
  const std::string* const text = value != nullptr ? value->as_string() : nullptr;
  return text != nullptr ? *text : std::string();
}

KindResult run_webhook(const KindCase& one) {
  KindResult result;
  const auto bytes = one.input("delivery");
  const auto delivery = core::json::parse(bytes.value_or(core::Bytes()), {});
  const auto secret = message_signatures::parse_webhook_secret(one.text("secret"));
  if (!delivery || !secret) {
    result.result = "invalid";
    result.reasons = {"MALFORMED"};
    return result;
  }
  const std::string body = member(*delivery, "body");
  const auto faults = message_signatures::verify_webhook(
      {member(*delivery, "webhook-id"), member(*delivery, "webhook-timestamp"),
       member(*delivery, "webhook-signature")},
      core::as_bytes(body), {*secret}, one.clock_ms().value_or(0) / 1000,
      one.number("tolerance_s").value_or(0));
  report(faults, result);
  result.result = faults.empty() ? "valid" : "invalid";
  return result;
}

KindResult run_problem(const KindCase& one) {
  KindResult result;
  const auto problem = http::parse_received_problem(one.input("problem").value_or(core::Bytes()));
  if (!problem) {
    result.result = "invalid";
    return result;
  }
  result.result = "valid";
  compare(one, "type", problem->type, result);
  if (const auto status = one.number("status"); status && status != problem->status)
    result.wrong.emplace_back("status is another");
  const auto same = [&](std::string_view param, std::vector<std::string> got) {
    if (one.param(param) == nullptr) return;
    auto wanted = one.texts(param);
    std::ranges::sort(wanted);
    std::ranges::sort(got);
    if (wanted != got) result.wrong.push_back(std::string(param) + " are others");
  };
  same("extensions", problem->extensions);
  same("ignored", problem->ignored);
  return result;
}

std::string judge_digest(const std::string& field, const std::string& value,
                         const std::string& body) {
  if (field.starts_with("Want-")) {
    const auto wishes = http::parse_wanted_digests(value);
    return wishes ? "valid" : "invalid";
  }
  const auto matches = message_signatures::check_digest(value, core::as_bytes(body));
  if (!matches) return "invalid";
  if (!*matches) return "unsupported";
  return **matches ? "valid" : "invalid";
}

std::vector<std::string> cells(std::string_view line) {
  std::vector<std::string> all;
  while (true) {
    const std::size_t tab = line.find('\t');
    std::string cell(line.substr(0, tab));
    for (std::size_t at = 0; (at = cell.find("\\n", at)) != std::string::npos; ++at)
      cell.replace(at, 2, "\n");
    all.push_back(std::move(cell));
    if (tab == std::string_view::npos) return all;
    line.remove_prefix(tab + 1);
  }
}

KindResult run_digests(const KindCase& one) {
  KindResult result;
  const std::string table = core::to_string(one.input("table").value_or(core::Bytes()));
  std::string_view rest = table;
  for (std::size_t number = 0; !rest.empty(); ++number) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    const auto row = cells(line);
    if (number == 0 || row.size() < 5) continue;  // id body_utf8 field value verdict
    const std::string got = judge_digest(row[2], row[3], row[1]);
    bool passed = got == row[4];
    const core::json::Value* const disputed = one.param("disputed_rows");
    const core::json::Value* const other = disputed != nullptr ? disputed->find(row[0]) : nullptr;
    if (!passed && other != nullptr && other->as_string() != nullptr)
      passed = *other->as_string() == got;
    result.rows.push_back({one.input_path("table") + "#" + row[0], row[4], got,
                           passed ? Status::kPassed : Status::kFailed});
  }
  if (one.number("rows") != static_cast<std::int64_t>(result.rows.size()))
    result.rows.push_back(
        {one.id, "as many rows as the case says", "another number", Status::kFailed});
  return result;
}

}  // namespace

std::span<const Kind> courts_http() {
  static constexpr auto kKinds = std::to_array<Kind>({{"http-signature", run_signature},
                                                      {"webhook", run_webhook},
                                                      {"http-problem", run_problem},
                                                      {"table-digest-fields", run_digests}});
  return kKinds;
}

}  // namespace heyan::vectors
