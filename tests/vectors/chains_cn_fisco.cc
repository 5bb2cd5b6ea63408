// The kinds of topic chains-cn that begin with "fisco2-" and "fisco3-".
#include <algorithm>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>

#include "tests/vectors/chains_cn.h"
#include "tests/vectors/fisco_bundle.h"
#include "verifier/crypto/digest.h"
#include "verifier/ledgers/answers.h"
#include "verifier/ledgers/fisco_bcos/evaluation.h"
#include "verifier/ledgers/fisco_bcos/record.h"
#include "verifier/ledgers/ledger.h"

namespace heyan::vectors {
namespace {

namespace fisco = ledgers::fisco_bcos;
namespace fs = std::filesystem;
using core::Bytes;
using core::json::Value;
using fisco::Reason;

std::optional<Bytes> read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  return Bytes(std::istreambuf_iterator<char>(in), {});
}

std::optional<Value> read_input(const fs::path& folder, const Value& line, std::string_view role) {
  const Value* name = line.at("/inputs/" + std::string(role));
  if (name == nullptr || name->as_string() == nullptr) return std::nullopt;
  const auto bytes = read_file(folder / *name->as_string());
  if (!bytes) return std::nullopt;
  auto value = core::json::parse(*bytes, {});
  if (!value) return std::nullopt;
  return *std::move(value);
}

// One case at work.
struct Case {
  const Value& bundle;
  const Value& params;
  fisco::Reasons reasons;
  std::string fault;  // of the case itself; empty: none
  std::optional<std::vector<std::string>> signers;
  crypto::SignatureChecker checker{crypto::production_engines(), {}};
  fisco::Form form;

  explicit Case(const Value& of_bundle, const Value& of_params)
      : bundle(of_bundle), params(of_params) {
    form.generation = is_second_generation(bundle) ? fisco::Generation::k2 : fisco::Generation::k3;
    form.crypto =
        member_text(bundle, "crypto") == "sm" ? fisco::Crypto::kSm : fisco::Crypto::kEcdsa;
  }

  void refuse(const core::Error& error) {
    reasons.insert(error.code == core::ErrorCode::kUnsupported ? Reason::kUnsupported
                                                               : Reason::kBadProof);
  }
  Bytes bytes(std::string_view member) const {
    return fisco::read_hex(member_text(bundle, member)).value_or(Bytes());
  }
};

// The trust part, read as the trust list that it stands for; the list owns the settings.
std::optional<trust::TrustList> trust_of(Case& one) {
  FiscoPlaces places;
  if (one.params.find("contract") != nullptr) {
    places = {.contract = member_text(one.params, "contract"),
              .method = member_text(one.params, "method"),
              .argument = member_text(one.params, "digest_parameter")};
  }
  const std::string text = fisco_trust_list(one.bundle, places);
  const ledgers::Ledger* ledger = ledgers::by_format("fisco-bcos");
  const trust::LedgerSetup* const setup = ledger;
  auto list = trust::parse_trust_list(
      "trust.toml", [&](std::string_view) -> core::Result<Bytes> { return core::to_bytes(text); },
      {&setup, 1});
  if (list) return *std::move(list);
  one.fault = trust::to_string(list.error().front());
  return std::nullopt;
}

const fisco::FiscoConfig& config_of(const trust::TrustList& list) {
  return dynamic_cast<const fisco::FiscoConfig&>(*list.ledger("chain")->config);
}

// Counted institutions, and the numbers that the case names.
void take_signers(const fisco::HeaderCheck& check, Case& one) {
  std::set<std::string> institutions;
  for (const fisco::SealerCheck& signature : check.signatures) {
    if (signature.good() && check.sealers_trusted)
      institutions.insert(signature.sealer->institution);
  }
  one.signers.emplace(institutions.begin(), institutions.end());
  const auto compare = [&](std::string_view name, std::uint64_t got) {
    const Value* wanted = one.params.find(name);
    if (wanted != nullptr && *wanted->as_integer() != static_cast<std::int64_t>(got))
      one.fault = std::string(name) + " is " + std::to_string(got);
  };
  compare("needed", check.needed);
  compare("weight", check.weight);
}

// The file against the digest that the call holds.
void check_evidence(const fisco::Transaction& transaction, const fisco::FiscoConfig& config,
                    Case& one) {
  const fisco::RecordCall call = fisco::read_call(transaction, config);
  if (core::to_hex(config.record.selector) != member_text(one.params, "selector"))
    one.fault = "selector is " + core::to_hex(config.record.selector);
  if (call.kind != fisco::CallKind::kRecord) {
    one.reasons.insert(call.kind == fisco::CallKind::kUnreadable ? Reason::kCallUnreadable
                                                                 : Reason::kNamespace);
    return;
  }
  const Value* evidence = one.bundle.find("evidence");
  if (evidence == nullptr) return;
  const auto content = core::from_base64(member_text(*evidence, "content_base64"));
  const bool sm3 = member_text(*evidence, "hash_alg") == "SM3";
  const Bytes digest =
      crypto::digest(sm3 ? crypto::Hash::kSm3 : crypto::Hash::kSha256, content.value_or(Bytes()));
  const auto& recorded = call.record.digests();
  if (recorded.size() != 1 || !core::equal(core::as_bytes(recorded[0].value()), digest))
    one.reasons.insert(Reason::kEvidenceHashMismatch);
}

void run_proof(Case& one) {
  const auto trust = trust_of(one);
  if (!trust) return;
  const fisco::FiscoConfig& config = config_of(*trust);
  const std::string proof = fisco_proof(one.bundle);
  auto evaluation = fisco::evaluate(core::as_bytes(proof), config, one.checker, {});
  if (!evaluation) {
    one.fault = evaluation.error().text;
    return;
  }
  one.reasons = evaluation->reasons;
  if (!evaluation->proof) {
    one.reasons.insert(Reason::kBadProof);
    return;
  }
  take_signers(evaluation->header, one);
  if (one.bundle.find("receipt") == nullptr) one.reasons.erase(Reason::kNoReceipt);
  if (one.params.find("contract") != nullptr && evaluation->proof->transaction)
    check_evidence(*evaluation->proof->transaction, config, one);
}

void run_header(Case& one) {
  const auto trust = trust_of(one);
  if (!trust) return;
  const auto json = fisco::Fields::of(one.bundle.find("block_header"), "block_header");
  const auto header = json ? fisco::parse_header(*json, one.form.generation)
                           : core::Result<fisco::Header>(std::unexpected(json.error()));
  if (!header) {
    one.refuse(header.error());
    return;
  }
  fisco::Verifier verifier(one.checker, one.form);
  take_signers(fisco::check_header(*header, config_of(*trust), verifier, one.reasons), one);
}

void run_merkle(Case& one) {
  fisco::Verifier verifier(one.checker, one.form);
  const auto path = fisco::parse_wide_path(one.bundle.find("proof"));
  if (!path) {
    one.refuse(path.error());
    return;
  }
  const auto index = static_cast<std::uint64_t>(*one.bundle.find("index")->as_integer());
  const auto root =
      fisco::fold_wide_path(*path, one.bytes("leaf_hash"), index,
                            [&](core::ByteView part) { return verifier.digest(part); });
  const bool receipt = member_text(one.bundle, "kind") == "receipt";
  if (root && *root == one.bytes("root")) return;
  const bool shape = !root && root.error().code != core::ErrorCode::kNotFound;
  one.reasons.insert(shape ? Reason::kBadProof
                           : (receipt ? Reason::kReceiptNotInBlock : Reason::kTxNotInBlock));
}

void run_raw_transaction(Case& one) {
  const auto transaction = fisco::parse_raw_transaction(one.bytes("raw"), one.form);
  if (!transaction) {
    one.refuse(transaction.error());
    return;
  }
  fisco::Verifier verifier(one.checker, one.form);
  if (verifier.digest(transaction->preimages.front()) != one.bytes("hash"))
    one.reasons.insert(Reason::kTxHashMismatch);
  const auto sender = verifier.verify_account(
      verifier.digest(transaction->signed_preimages.front()), transaction->signature);
  if (transaction->signature.public_key != one.bytes("pub") || !sender ||
      *sender != one.bytes("address"))
    one.reasons.insert(Reason::kBadSender);
}

void run_transaction(Case& one) {
  const Value* json = one.bundle.find("transaction");
  const auto fields = fisco::Fields::of(json, "transaction");
  const auto transaction = fields
                               ? fisco::parse_transaction(*fields, one.form)
                               : core::Result<fisco::Transaction>(std::unexpected(fields.error()));
  if (!transaction) {
    one.refuse(transaction.error());
    return;
  }
  fisco::OfferedPath path;
  path.binary = *json->find("txProof");
  fisco::Verifier verifier(one.checker, one.form);
  const auto check =
      fisco::check_transaction(*transaction, path, one.bytes("txs_root"), verifier, one.reasons);
  const Value* position = one.bundle.find("position");
  if (check.position && position != nullptr &&
      static_cast<std::int64_t>(*check.position) != *position->as_integer())
    one.fault = "position is " + std::to_string(*check.position);
}

void run_receipt(const fs::path& folder, const Value& line, Case& one) {
  const auto fields = fisco::Fields::of(one.bundle.find("receipt"), "receipt");
  const auto receipt = fields ? fisco::parse_receipt(*fields, one.form.generation)
                              : core::Result<fisco::Receipt>(std::unexpected(fields.error()));
  if (!receipt) {
    one.refuse(receipt.error());
    return;
  }
  fisco::Verifier verifier(one.checker, one.form);
  const fisco::Hashed hashed = fisco::hash_of(receipt->preimages, receipt->stated_hash, verifier);
  if (!hashed.matches) one.reasons.insert(Reason::kReceiptHashMismatch);
  if (line.at("/inputs/header") == nullptr) return;
  const auto header = read_input(folder, line, "header");
  const Value* root = header ? header->at("/block_header/receiptsRoot") : nullptr;
  if (root == nullptr || fisco::read_hex(*root->as_string()) != hashed.hash)
    one.reasons.insert(Reason::kReceiptNotInBlock);
}

// Nothing where this runner does not know the kind.
std::optional<std::function<void(Case&)>> runner(const fs::path& folder, const Value& line,
                                                 const std::string& kind) {
  if (kind.ends_with("-proof")) return run_proof;
  if (kind.ends_with("-header")) return run_header;
  if (kind == "fisco2-merkle") return run_merkle;
  if (kind == "fisco2-rawtx") return run_raw_transaction;
  if (kind == "fisco3-tx") return run_transaction;
  if (kind == "fisco3-receipt")
    return [&folder, &line](Case& one) { run_receipt(folder, line, one); };
  return std::nullopt;
}

std::string verdict_of(const fisco::Reasons& reasons) {
  switch (fisco::outcome(reasons)) {
    case v1::PROOF_OUTCOME_ACCEPT:
      return "valid";
    case v1::PROOF_OUTCOME_UNSUPPORTED:
      return "unsupported";
    default:
      return "invalid";
  }
}

}  // namespace

Judged run_fisco_case(const fs::path& folder, const Value& line) {
  Judged judged;
  const std::string kind = member_text(line, "kind");
  const auto run = runner(folder, line, kind);
  if (!run) {
    judged.why_not = "kind " + kind + ": not known to this runner";
    return judged;
  }
  const auto bundle = read_input(folder, line, "bundle");
  if (!bundle) {
    judged.verdict = "bundle not found";
    return judged;
  }
  Case one(*bundle, *line.find("params"));
  (*run)(one);
  judged.verdict = one.fault.empty() ? verdict_of(one.reasons) : one.fault;
  judged.reasons = ledgers::sorted_names(one.reasons);
  judged.signers = one.signers;
  return judged;
}

}  // namespace heyan::vectors
