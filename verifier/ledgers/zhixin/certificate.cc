#include "verifier/ledgers/zhixin/certificate.h"

#include <algorithm>
#include <array>

#include "verifier/ledgers/zhixin/fingerprint.h"

namespace heyan::ledgers::zhixin {
namespace {

using core::ErrorCode;
using core::fail;
using enum StatementKind;

constexpr std::array kRules{
    StatementRule{"schema", kText},     StatementRule{"operator", kText},
    StatementRule{"chain", kText},      StatementRule{"certificateNumber", kText},
    StatementRule{"depositor", kText},  StatementRule{"fileName", kText},
    StatementRule{"fileSize", kNumber}, StatementRule{"digestAlgorithm", kText},
    StatementRule{"digest", kText},     StatementRule{"depositTime", kEither},
    StatementRule{"txId", kText},       StatementRule{"blockHeight", kNumber}};

const std::string* find(const std::vector<Statement>& statements, std::string_view name) {
  const auto found = std::ranges::find(statements, name, &Statement::name);
  return found == statements.end() ? nullptr : &found->value;
}

core::Result<void> read_digest(Certificate& certificate) {
  const std::string* text = find(certificate.statements, "digest");
  const std::string* word = find(certificate.statements, "digestAlgorithm");
  if (text == nullptr && word == nullptr) return {};
  if (text == nullptr || word == nullptr)
    return fail(ErrorCode::kMalformed, "digest and digestAlgorithm stand together or not at all");
  const auto algorithm = algorithm_by_name(*word);
  auto bytes = core::from_hex(*text);
  if (!algorithm) return fail(ErrorCode::kUnknown, "digestAlgorithm is not known");
  if (!bytes || bytes->size() != digest_bytes(*algorithm))
    return fail(ErrorCode::kMalformed, "digest is none of that algorithm in hexadecimal");
  certificate.algorithm = *algorithm;
  certificate.digest = *std::move(bytes);
  return {};
}

}  // namespace

core::Result<Certificate> read_certificate(const core::json::Value& document) {
  Certificate certificate;
  HEYAN_TRY(certificate.statements, read_statements(document, kRules));
  const auto& statements = certificate.statements;
  if (find(statements, "operator") == nullptr)
    return fail(ErrorCode::kMalformed, "the certificate does not say whose it is");
  if (find(statements, "certificateNumber") == nullptr && find(statements, "txId") == nullptr)
    return fail(ErrorCode::kMalformed, "the certificate has neither number nor transaction");
  HEYAN_CHECK_OK(read_digest(certificate));
  std::erase_if(certificate.statements, [](const Statement& one) { return one.name == "schema"; });
  return certificate;
}

}  // namespace heyan::ledgers::zhixin
