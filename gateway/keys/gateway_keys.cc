#include "gateway/keys/gateway_keys.h"

#include <initializer_list>
#include <iterator>

#include "gateway/keys/report_issuer.h"

namespace heyan::keys {
namespace {

using crypto::KeyAlgorithm;
using std::filesystem::path;
using transparency::NoteKeyType;
using transparency::NoteVerifier;

constexpr std::string_view kReport = "report-es256";
constexpr std::string_view kReceipt = "receipt-es256";
constexpr std::string_view kSeal = "seal-es256";
constexpr std::string_view kXmlSeal = "xml-es256";
constexpr std::string_view kStatement = "statement-es256";
constexpr std::string_view kLogKey = "log-ed25519";
constexpr std::string_view kVerifier = "log.vkey";

struct Es256Pairs {
  SigningPair report;
  SigningPair receipt;
};

std::expected<Es256Pairs, Refusal> load_es256(const path& folder,
                                              const std::optional<ops::Token>& token,
                                              Token::Told does_not_sign) {
  if (!token) {
    HEYAN_TRY(SigningPair report, load_pair(folder, kReport, KeyAlgorithm::kEcdsaP256));
    HEYAN_TRY(SigningPair receipt, load_pair(folder, kReceipt, KeyAlgorithm::kEcdsaP256));
    return Es256Pairs{std::move(report), std::move(receipt)};
  }
  HEYAN_TRY(const Token opened, Token::open(*token, std::move(does_not_sign)));
  HEYAN_TRY(crypto::SigningKey report_key, opened.find(token->report_key));
  HEYAN_TRY(crypto::SigningKey receipt_key, opened.find(token->receipt_key));
  HEYAN_TRY(SigningPair report, with_certificate(std::move(report_key), folder, kReport));
  HEYAN_TRY(SigningPair receipt, with_certificate(std::move(receipt_key), folder, kReceipt));
  return Es256Pairs{std::move(report), std::move(receipt)};
}

std::expected<void, Refusal> make_es256(const path& folder, std::string_view common_name,
                                        core::UtcTime now, const std::optional<ops::Token>& token) {
  if (!token) {
    HEYAN_CHECK_OK(make_pair(folder, kReport, KeyAlgorithm::kEcdsaP256, common_name, now));
    HEYAN_CHECK_OK(make_pair(folder, kReceipt, KeyAlgorithm::kEcdsaP256, common_name, now));
    return {};
  }
  HEYAN_TRY(const Token opened, Token::open(*token));
  HEYAN_TRY(crypto::SigningKey report, opened.find_or_make(token->report_key));
  HEYAN_TRY(crypto::SigningKey receipt, opened.find_or_make(token->receipt_key));
  HEYAN_CHECK_OK(certify(std::move(report), folder, kReport, common_name, now));
  HEYAN_CHECK_OK(certify(std::move(receipt), folder, kReceipt, common_name, now));
  return {};
}

bool are_different(std::initializer_list<const SigningPair*> pairs) {
  for (auto one = pairs.begin(); one != pairs.end(); ++one) {
    for (auto other = std::next(one); other != pairs.end(); ++other) {
      if ((*one)->key.public_key() == (*other)->key.public_key()) return false;
    }
  }
  return true;
}

}  // namespace

std::expected<void, Refusal> make_gateway_keys(const path& folder, std::string_view common_name,
                                               std::string_view log_name, core::UtcTime now,
                                               const std::optional<ops::Token>& token) {
  // Before anything is written: a name that is none leaves no keys behind.
  if (!transparency::is_key_name(log_name)) {
    return std::unexpected(
        intake::refusal_of({core::ErrorCode::kMalformed, "it is no name of a log"}, log_name,
                           "Write for example court.example/report-log."));
  }
  HEYAN_CHECK_OK(make_folder(folder));
  HEYAN_CHECK_OK(make_es256(folder, common_name, now, token));
  HEYAN_CHECK_OK(make_pair(folder, "report-sm2", KeyAlgorithm::kSm2, common_name, now));
  for (const std::string_view prefix : {kSeal, kXmlSeal, kStatement}) {
    HEYAN_CHECK_OK(make_pair(folder, prefix, KeyAlgorithm::kEcdsaP256, common_name, now));
  }
  HEYAN_TRY(const crypto::SigningKey log, make_key(folder, kLogKey, KeyAlgorithm::kEd25519));
  const auto verifier = NoteVerifier::make(log_name, NoteKeyType::kEd25519, log.public_key());
  if (!verifier) return std::unexpected(intake::refusal_of(verifier.error(), log_name, ""));
  return write_public(folder / kVerifier, verifier->encode() + "\n");
}

std::expected<GatewayKeys, Refusal> load_gateway_keys(const path& folder,
                                                      const std::optional<ops::Token>& token,
                                                      Token::Told does_not_sign) {
  HEYAN_CHECK_OK(check_private(folder));
  HEYAN_TRY(Es256Pairs es256, load_es256(folder, token, std::move(does_not_sign)));
  HEYAN_TRY(SigningPair sm2, load_pair(folder, "report-sm2", KeyAlgorithm::kSm2));
  HEYAN_TRY(SigningPair seal, load_pair(folder, kSeal, KeyAlgorithm::kEcdsaP256));
  HEYAN_TRY(SigningPair xml_seal, load_pair(folder, kXmlSeal, KeyAlgorithm::kEcdsaP256));
  HEYAN_TRY(SigningPair statement, load_pair(folder, kStatement, KeyAlgorithm::kEcdsaP256));
  HEYAN_TRY(crypto::SigningKey log,
            load_key(folder / (std::string(kLogKey) + ".key.pem"), KeyAlgorithm::kEd25519));
  HEYAN_TRY(const NoteVerifier verifier, load_log_verifier(folder));
  if (verifier.type() != NoteKeyType::kEd25519 || !(verifier.key() == log.public_key())) {
    return std::unexpected(
        intake::refusal_of({core::ErrorCode::kMalformed, "it does not belong to the key beside it"},
                           (folder / kVerifier).string(), ""));
  }
  // A key in two uses could have a signature of one taken for one of the other.
  if (!are_different({&es256.report, &es256.receipt, &seal, &xml_seal, &statement})) {
    return std::unexpected(intake::refusal_of(
        {core::ErrorCode::kMalformed, "two of reports, receipts, seals and statements share a key"},
        folder.string(), "Make keys anew."));
  }
  return GatewayKeys{.report_es256 = std::move(es256.report),
                     .report_sm2 = std::move(sm2),
                     .receipt = std::move(es256.receipt),
                     .seal = std::move(seal),
                     .xml_seal = std::move(xml_seal),
                     .statement = std::move(statement),
                     .log = std::move(log),
                     .log_name = verifier.name()};
}

}  // namespace heyan::keys
