// What a clerk or a party wrote down of an operator's certificate or look-up (JSON
// heyan.operator-certificate.v1). Nothing of it is signed for us; all of it is declared.
//
// docs/zhixin.md has the grammar. Pure; any thread.
#pragma once

#include <optional>

#include "heyan/v1/submission.pb.h"
#include "verifier/core/bytes.h"
#include "verifier/ledgers/zhixin/statements.h"

namespace heyan::ledgers::zhixin {

inline constexpr std::string_view kCertificateSchema = "heyan.operator-certificate.v1";

struct Certificate {
  std::vector<Statement> statements;  // the operator first
  v1::DigestAlgorithm algorithm = v1::DIGEST_ALGORITHM_UNSPECIFIED;
  core::Bytes digest;  // empty where the certificate names none
};

core::Result<Certificate> read_certificate(const core::json::Value& document);

}  // namespace heyan::ledgers::zhixin
