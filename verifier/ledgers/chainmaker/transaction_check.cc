#include "verifier/ledgers/chainmaker/transaction_check.h"

#include <algorithm>

#include "verifier/ledgers/chainmaker/merkle.h"

namespace heyan::ledgers::chainmaker {
namespace {

constexpr std::size_t kMaxEndorsers = 1'000;
constexpr std::string_view kInnerContract = "SYS_CONTRACT_NAME";
constexpr std::string_view kInnerMethod = "SYS_METHOD";

class Checker {
 public:
  Checker(const Proof& proof, const BlockCheck& block, Signers& signers)
      : proof_(proof), block_(block), signers_(signers) {}

  TransactionCheck run() {
    auto transaction = parse_transaction(proof_.transaction);
    const bool readable = transaction && transaction->endorsers.size() <= kMaxEndorsers;
    if (!readable) {
      check_.reasons.insert(Reason::kParse);
      return std::move(check_);
    }
    check_.transaction = *std::move(transaction);
    if (check_.transaction->payload.chain_id != signers_.config().chain_id)
      check_.reasons.insert(Reason::kChainMismatch);
    check_inclusion();
    if (!check_.transaction->succeeded) check_.reasons.insert(Reason::kTxFailed);
    if (proof_.rw_set) check_state();
    check_.signers = check_signers(*check_.transaction, check_.rw_set ? &*check_.rw_set : nullptr,
                                   check_.multi_sign ? &*check_.multi_sign : nullptr, block_.time,
                                   header().height, signers_);
    check_.reasons.insert(check_.signers.reasons.begin(), check_.signers.reasons.end());
    return std::move(check_);
  }

 private:
  const Header& header() const { return *block_.header; }

  void check_inclusion() {
    Verifier& verifier = signers_.verifier();
    check_.hash = verifier.digest(check_.transaction->hashed(header().version));
    const PathEnd end =
        end_of_path(check_.hash, proof_.index, header().tx_count, proof_.path, verifier);
    if (!end.well_formed) check_.reasons.insert(Reason::kBadProof);
    if (!end.root.empty() && !core::equal(end.root, header().tx_root))
      check_.reasons.insert(Reason::kTxNotInBlock);
  }

  void check_state() {
    auto rw_set = parse_rw_set(*proof_.rw_set);
    const bool bound = rw_set && core::equal(signers_.verifier().digest(*proof_.rw_set),
                                             check_.transaction->rw_set_hash);
    if (!bound) {
      check_.reasons.insert(Reason::kRwSetMismatch);
      return;
    }
    check_.rw_set = *std::move(rw_set);
    if (check_.transaction->payload.contract == kMultiSignContract) find_multi_sign();
  }

  // The contract keeps its state under the id of the first transaction.
  void find_multi_sign() {
    for (const StateEntry& write : check_.rw_set->writes) {
      if (write.contract != kMultiSignContract) continue;
      auto multi_sign = parse_multi_sign(write.value);
      if (!multi_sign || multi_sign->payload.tx_id != core::as_text(write.key)) continue;
      if (multi_sign->agreeing.size() <= kMaxEndorsers) check_.multi_sign = *std::move(multi_sign);
      return;
    }
  }

  const Proof& proof_;
  const BlockCheck& block_;
  Signers& signers_;
  TransactionCheck check_;
};

}  // namespace

std::optional<Payload> TransactionCheck::record_call() const {
  if (!transaction || transaction->payload.type != 0) return std::nullopt;
  if (transaction->payload.contract != kMultiSignContract) return transaction->payload;
  if (!multi_sign || multi_sign->status != kMultiSignAdopted) return std::nullopt;
  Payload call = multi_sign->payload;
  const auto contract = call.parameter(kInnerContract);
  const auto method = call.parameter(kInnerMethod);
  if (!contract || !method) return std::nullopt;
  call.contract = core::as_text(*contract);
  call.method = core::as_text(*method);
  return call;
}

TransactionSigners check_signers(const Transaction& transaction, const RwSet* state,
                                 const MultiSign* multi_sign, core::UtcTime at,
                                 std::uint64_t height, Signers& signers) {
  TransactionSigners result;
  // In public-key mode whoever has a key may send; with certificates all are members.
  const auto check = [&](const std::optional<Endorsement>& by, ByteView payload, Reason fault) {
    SignatureCheck one;
    if (by && by->signer) {
      one.signer = signers.resolve(*by->signer, at, height, state);
      one.outcome = signers.verify(one.signer, payload, by->signature);
    }
    const SignerFault who = one.signer.fault;
    const bool untrusted = !one.signer.is_trusted() && who != SignerFault::kUnknownKey;
    if (who == SignerFault::kUnsupported) {
      result.reasons.insert(Reason::kUnsupported);
    } else if (untrusted) {
      result.reasons.insert(Reason::kSignerNotTrusted);
      result.reasons.insert(fault);
    }
    if (one.is_bad()) result.reasons.insert(fault);
    return one;
  };
  const ByteView payload = transaction.payload.encoded;
  result.sender = check(transaction.sender, payload, Reason::kBadSender);
  for (const Endorsement& one : transaction.endorsers)
    result.endorsers.push_back(check(one, payload, Reason::kBadEndorsement));
  if (multi_sign == nullptr) return result;
  for (const Endorsement& one : multi_sign->agreeing)
    result.endorsers.push_back(check(one, multi_sign->payload.encoded, Reason::kBadEndorsement));
  return result;
}

bool TransactionSigners::any_is_bad() const {
  return sender.is_bad() || std::ranges::any_of(endorsers, &SignatureCheck::is_bad);
}

TransactionCheck check_transaction(const Proof& proof, const BlockCheck& block, Signers& signers) {
  return Checker(proof, block, signers).run();
}

}  // namespace heyan::ledgers::chainmaker
