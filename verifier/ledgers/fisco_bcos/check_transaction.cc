// A transaction and its receipt: hashes, paths to the roots of the header, and that both stand at
// the same position.
#include <algorithm>

#include "verifier/ledgers/fisco_bcos/evaluation.h"

namespace heyan::ledgers::fisco_bcos {
namespace {

Reason shape_or(Reason reason, const core::Error& error) {
  return error.code == core::ErrorCode::kNotFound ? reason : Reason::kBadProof;
}

// Where a leaf stands, by its path; nothing where the path is none or leads elsewhere.
Result<BinaryFold> fold_to(ByteView root, const core::json::Value& path, ByteView leaf,
                           Verifier& verifier) {
  HEYAN_TRY(const BinaryPath levels, parse_binary_path(&path, leaf));
  HEYAN_TRY(BinaryFold fold,
            fold_binary_path(levels, leaf, [&](ByteView bytes) { return verifier.digest(bytes); }));
  if (!core::equal(fold.root, root))
    return core::fail(core::ErrorCode::kNotFound, "the path leads to another root");
  return fold;
}

Result<void> fold_to(ByteView root, const WidePath& path, ByteView leaf, std::uint64_t index,
                     Verifier& verifier) {
  HEYAN_TRY(const Bytes reached, fold_wide_path(path, leaf, index, [&](ByteView bytes) {
              return verifier.digest(bytes);
            }));
  if (!core::equal(reached, root))
    return core::fail(core::ErrorCode::kNotFound, "the path leads to another root");
  return {};
}

void place_transaction(const Transaction& transaction, const OfferedPath& path, ByteView root,
                       Verifier& verifier, Reasons& reasons, TransactionCheck& check) {
  if (path.binary) {
    auto fold = fold_to(root, *path.binary, check.hash, verifier);
    check.included = fold.has_value();
    if (!fold) {
      reasons.insert(shape_or(Reason::kTxNotInBlock, fold.error()));
      return;
    }
    check.position = fold->position();
    check.fold = *std::move(fold);
    return;
  }
  const auto folded = fold_to(root, path.wide, check.hash, *transaction.index, verifier);
  check.included = folded.has_value();
  if (folded) {
    check.position = transaction.index;
  } else {
    reasons.insert(shape_or(Reason::kTxNotInBlock, folded.error()));
  }
}

void check_sender(const Transaction& transaction, std::size_t form, Verifier& verifier,
                  Reasons& reasons, TransactionCheck& check) {
  const Bytes digest = verifier.digest(transaction.signed_preimages[form]);
  auto sender = verifier.verify_account(digest, transaction.signature);
  if (!sender || (transaction.from && *transaction.from != *sender)) {
    reasons.insert(Reason::kBadSender);
    return;
  }
  check.sender = *std::move(sender);
}

// 2.x has no hash of the receipt in its JSON: the form that leads to the root is the one.
void place_wide(const Receipt& receipt, const WidePath& path, ByteView root, std::uint64_t index,
                Verifier& verifier, Reasons& reasons) {
  std::optional<Reason> reason;
  for (const Bytes& preimage : receipt.preimages) {
    const auto folded = fold_to(root, path, verifier.digest(preimage), index, verifier);
    if (folded) return;
    reason = shape_or(Reason::kReceiptNotInBlock, folded.error());
  }
  if (reason) reasons.insert(*reason);
}

void place_binary(const Receipt& receipt, const core::json::Value& path, ByteView root,
                  const TransactionCheck& checked, Verifier& verifier, Reasons& reasons) {
  const Hashed hashed = hash_of(receipt.preimages, receipt.stated_hash, verifier);
  if (!hashed.matches) reasons.insert(Reason::kReceiptHashMismatch);
  const auto fold = fold_to(root, path, hashed.hash, verifier);
  if (!fold) {
    reasons.insert(shape_or(Reason::kReceiptNotInBlock, fold.error()));
  } else if (checked.fold && !same_position(*checked.fold, *fold)) {
    reasons.insert(Reason::kReceiptOfOtherTx);
  }
}

}  // namespace

Hashed hash_of(const std::vector<Bytes>& preimages, const std::optional<Bytes>& stated,
               Verifier& verifier) {
  Hashed first;
  for (std::size_t form = 0; form < preimages.size(); ++form) {
    Bytes hash = verifier.digest(preimages[form]);
    const bool matches = !stated || *stated == hash;
    if (matches) return {.hash = std::move(hash), .form = form, .matches = true};
    if (form == 0) first.hash = std::move(hash);
  }
  return first;
}

TransactionCheck check_transaction(const Transaction& transaction, const OfferedPath& path,
                                   ByteView root, Verifier& verifier, Reasons& reasons) {
  TransactionCheck check;
  Hashed hashed = hash_of(transaction.preimages, transaction.stated_hash, verifier);
  if (!hashed.matches) reasons.insert(Reason::kTxHashMismatch);
  check.hash = std::move(hashed.hash);
  place_transaction(transaction, path, root, verifier, reasons, check);
  check_sender(transaction, hashed.form, verifier, reasons, check);
  return check;
}

void check_receipt(const Receipt& receipt, const OfferedPath& path, const Header& header,
                   const Transaction& transaction, const TransactionCheck& checked,
                   Verifier& verifier, Reasons& reasons) {
  if (path.binary) {
    place_binary(receipt, *path.binary, header.receipts_root, checked, verifier, reasons);
  } else {
    // Where the receipt says that it stands elsewhere, its path is looked at from there.
    const std::uint64_t index = receipt.index.value_or(*transaction.index);
    place_wide(receipt, path.wide, header.receipts_root, index, verifier, reasons);
    if (index != *transaction.index) reasons.insert(Reason::kReceiptOfOtherTx);
  }
  const bool other = (receipt.transaction_hash && *receipt.transaction_hash != checked.hash) ||
                     (receipt.block && *receipt.block != header.number);
  if (other) reasons.insert(Reason::kReceiptOfOtherTx);
  // A call leaves no contract behind; in 3.x this also tells a call from a creation whose bytes
  // were moved between fields.
  if (!transaction.to.empty() && !receipt.contract.empty() && receipt.contract != transaction.to)
    reasons.insert(Reason::kReceiptOfOtherTx);
  if (receipt.status != 0) reasons.insert(Reason::kTxFailed);
}

}  // namespace heyan::ledgers::fisco_bcos
