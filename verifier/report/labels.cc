#include "verifier/report/labels.h"

#include <algorithm>
#include <array>
#include <span>

namespace heyan::report {
namespace {

struct Row {
  std::string_view name;
  Label label;
};

std::optional<Label> label_of(std::span<const Row> rows, std::string_view name) {
  const auto row = std::ranges::find(rows, name, &Row::name);
  return row == rows.end() ? std::nullopt : std::optional(row->label);
}

}  // namespace

Label tier_label(v1::Tier tier) {
  switch (tier) {
    case v1::TIER_CHAIN_PROOF:
      return Label::kChainProof;
    case v1::TIER_TIME_PROOF:
      return Label::kTimeProof;
    case v1::TIER_OPERATOR_ATTESTATION:
      return Label::kOperatorAttestation;
    default:
      return Label::kUnknownTier;
  }
}

std::optional<Label> declared_label(std::string_view name) {
  static constexpr std::array kRows = {Row{"operator", Label::kOperator},
                                       Row{"chain", Label::kChain},
                                       Row{"certificateNumber", Label::kCertificateNumber},
                                       Row{"depositor", Label::kDepositor},
                                       Row{"fileName", Label::kFileName},
                                       Row{"fileSize", Label::kFileSize},
                                       Row{"digestAlgorithm", Label::kDigestAlgorithm},
                                       Row{"digest", Label::kDigest},
                                       Row{"depositTime", Label::kDepositTime},
                                       Row{"txId", Label::kTransactionId},
                                       Row{"blockHeight", Label::kBlockHeight},
                                       Row{"txTime", Label::kDepositTime},
                                       Row{"retCode", Label::kReturnCode},
                                       Row{"retMsg", Label::kReturnMessage},
                                       Row{"calendar", Label::kCalendar},
                                       Row{"attestation", Label::kOtherAttestation}};
  return label_of(kRows, name);
}

std::optional<Label> param_label(std::string_view name) {
  static constexpr std::array kRows = {Row{"algorithm", Label::kParamAlgorithm},
                                       Row{"recorded", Label::kParamRecorded},
                                       Row{"claimed", Label::kParamClaimed},
                                       Row{"measured", Label::kParamMeasured},
                                       Row{"required", Label::kParamRequired},
                                       Row{"valid", Label::kParamValid},
                                       Row{"neutral", Label::kParamNeutral},
                                       Row{"height", Label::kParamHeight},
                                       Row{"block", Label::kParamBlock},
                                       Row{"blocks", Label::kParamBlocks},
                                       Row{"signer", Label::kParamSigner},
                                       Row{"role", Label::kParamRole},
                                       Row{"record", Label::kParamRecord},
                                       Row{"not_before", Label::kParamNotBefore},
                                       Row{"not_after", Label::kParamNotAfter},
                                       Row{"valid_from", Label::kParamValidFrom},
                                       Row{"valid_until", Label::kParamValidUntil},
                                       Row{"stated", Label::kParamStated},
                                       Row{"judged", Label::kParamJudged},
                                       Row{"stamped", Label::kParamStamped},
                                       Row{"filed", Label::kParamFiled},
                                       Row{"embedded", Label::kParamEmbedded},
                                       Row{"next_update", Label::kParamNextUpdate},
                                       Row{"issued", Label::kParamIssued},
                                       Row{"party", Label::kParamParty},
                                       Row{"transaction", Label::kParamTransaction},
                                       Row{"ledger_reasons", Label::kParamLedgerReasons},
                                       Row{"cause", Label::kParamCause},
                                       Row{"declared", Label::kParamDeclared},
                                       Row{"lacking", Label::kParamLacking},
                                       Row{"ruling", Label::kParamRuling}};
  return label_of(kRows, name);
}

std::optional<Label> role_label(v1::Role role) {
  switch (role) {
    case v1::ROLE_PLAINTIFF:
      return Label::kPlaintiff;
    case v1::ROLE_DEFENDANT:
      return Label::kDefendant;
    case v1::ROLE_THIRD_PARTY:
      return Label::kThirdParty;
    case v1::ROLE_AGENT:
      return Label::kAgent;
    case v1::ROLE_APPLICANT:
      return Label::kApplicant;
    case v1::ROLE_RESPONDENT:
      return Label::kRespondent;
    case v1::ROLE_OTHER:
      return Label::kOtherParty;
    default:
      return std::nullopt;
  }
}

std::optional<Label> authentication_label(v1::Authentication authentication) {
  switch (authentication) {
    case v1::AUTHENTICATION_NONE:
      return Label::kAuthenticatedNot;
    case v1::AUTHENTICATION_PASSWORD:
      return Label::kAuthenticatedByPassword;
    case v1::AUTHENTICATION_SECOND_FACTOR:
      return Label::kAuthenticatedByTwoFactors;
    case v1::AUTHENTICATION_REAL_NAME:
      return Label::kAuthenticatedByRealName;
    case v1::AUTHENTICATION_COURT_SYSTEM:
      return Label::kAuthenticatedByCourt;
    default:
      return std::nullopt;
  }
}

std::optional<Label> signer_role_label(std::string_view role) {
  if (role == "ENDORSER") return Label::kEndorser;
  if (role == "ORDERER") return Label::kOrderer;
  if (role == "CREATOR") return Label::kCreator;
  if (role == "VALIDATOR") return Label::kValidator;
  if (role == "PROPOSER") return Label::kProposer;
  if (role == "DEPOSITOR") return Label::kDepositor;
  if (role == "WITNESS") return Label::kWitness;
  if (role == "LOG") return Label::kLogOperator;
  if (role == "TIME_STAMP_AUTHORITY") return Label::kTimeStampAuthority;
  return std::nullopt;
}

}  // namespace heyan::report
