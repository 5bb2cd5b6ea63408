#include "verifier/ledgers/fisco_bcos/evaluation.h"

#include <algorithm>

namespace heyan::ledgers::fisco_bcos {
namespace {

void check_chain(const Proof& proof, const FiscoConfig& config, Reasons& reasons) {
  const auto differs = [](const std::optional<std::string>& wanted, const std::string& got) {
    return wanted && *wanted != got;
  };
  const auto declared_differs = [](const std::optional<std::string>& one,
                                   const std::optional<std::string>& other) {
    return one && other && *one != *other;
  };
  bool mismatch = declared_differs(config.chain_id, proof.chain_id) ||
                  declared_differs(config.group_id, proof.group_id);
  if (proof.transaction) {
    const Transaction& transaction = *proof.transaction;
    mismatch = mismatch || differs(config.chain_id, transaction.chain_id) ||
               differs(config.group_id, transaction.group_id) ||
               differs(proof.chain_id, transaction.chain_id) ||
               differs(proof.group_id, transaction.group_id);
  }
  if (mismatch) reasons.insert(Reason::kChainMismatch);
}

bool read_proof(ByteView bytes, const FiscoConfig& config, const core::Limits& limits,
                Evaluation& evaluation) {
  auto proof = parse_proof(bytes, config.form, limits);
  if (proof) {
    evaluation.proof = *std::move(proof);
    return true;
  }
  evaluation.malformed = proof.error().text;
  evaluation.reasons.insert(
      proof.error().code == core::ErrorCode::kUnsupported ? Reason::kUnsupported : Reason::kParse);
  return false;
}

}  // namespace

bool Evaluation::holds() const {
  return proof && proof->transaction && proof->receipt && header.authenticated() &&
         transaction.included && outcome(reasons) == v1::PROOF_OUTCOME_ACCEPT;
}

Result<Evaluation> evaluate(ByteView bytes, const FiscoConfig& config,
                            crypto::SignatureChecker& checker, const core::Limits& limits,
                            bool count_disagreeing) {
  Verifier verifier(checker, config.form, count_disagreeing);
  Evaluation evaluation;
  if (!read_proof(bytes, config, limits, evaluation)) return evaluation;
  const Proof& proof = *evaluation.proof;
  Reasons& reasons = evaluation.reasons;
  check_chain(proof, config, reasons);
  evaluation.header = check_header(proof.header, config, verifier, reasons);
  if (proof.transaction) {
    evaluation.transaction = check_transaction(*proof.transaction, proof.transaction_path,
                                               proof.header.transactions_root, verifier, reasons);
  } else {
    reasons.insert(Reason::kNoTransaction);
  }
  if (proof.transaction && proof.receipt) {
    check_receipt(*proof.receipt, proof.receipt_path, proof.header, *proof.transaction,
                  evaluation.transaction, verifier, reasons);
  } else {
    reasons.insert(Reason::kNoReceipt);
  }
  evaluation.saw_disagreement = verifier.saw_disagreement();
  if (verifier.fault()) return std::unexpected(*verifier.fault());
  return evaluation;
}

}  // namespace heyan::ledgers::fisco_bcos
