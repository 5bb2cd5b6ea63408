#include "verifier/ledgers/fisco_bcos/proof.h"

#include <algorithm>
#include <array>

namespace heyan::ledgers::fisco_bcos {
namespace {

using core::json::Value;

constexpr std::string_view kSchema = "heyan.fisco-proof.v1";
constexpr std::array<std::string_view, 13> kMembers = {
    "schema",   "engine",       "crypto",       "node_version",    "chain_id",
    "group_id", "block_header", "transaction",  "raw_transaction", "transaction_index",
    "tx_proof", "receipt",      "receipt_proof"};

std::unexpected<core::Error> malformed(std::string_view what) {
  return core::fail(core::ErrorCode::kMalformed, what);
}

// The receipts' and transactions' trees of compatibility before 2.2 have no paths. What node it was
// is only declared; saying so makes nothing hold that would not.
Result<void> check_node_version(const Fields& json, const Form& form) {
  if (!json.has("node_version") || form.generation != Generation::k2) return {};
  HEYAN_TRY(const std::string version, json.text("node_version"));
  if (version.starts_with("2.0") || version.starts_with("2.1.") || version == "2.1")
    return core::fail(core::ErrorCode::kUnsupported, "node_version");
  return {};
}

Result<void> check_declared(const Fields& json, const Form& form) {
  if (json.has("crypto")) {
    HEYAN_TRY(const std::string crypto, json.text("crypto"));
    if (crypto != (form.is_sm() ? "sm" : "ecdsa")) return malformed("crypto");
  }
  if (json.has("engine")) {
    HEYAN_TRY(const std::string engine, json.text("engine"));
    const bool second = form.generation == Generation::k2;
    if (engine != (second ? "fisco-bcos-2" : "fisco-bcos-3")) return malformed("engine");
  }
  return check_node_version(json, form);
}

// Text, or a number as 2.x has it.
Result<std::optional<std::string>> declared_name(const Fields& json, std::string_view name) {
  if (!json.has(name)) return std::nullopt;
  if (const auto text = json.text(name)) return *text;
  HEYAN_TRY(const std::uint64_t number, json.number(name));
  return std::to_string(number);
}

Result<OfferedPath> read_wide(const Value& root, std::string_view name) {
  OfferedPath path;
  HEYAN_TRY(path.wide, parse_wide_path(root.find(name)));
  return path;
}

Result<OfferedPath> read_binary(const Value& owner, std::string_view name) {
  const Value* json = owner.find(name);
  if (json == nullptr || json->as_array() == nullptr) return malformed(name);
  OfferedPath path;
  path.binary = *json;
  return path;
}

Result<void> read_transaction(const Value& root, const Fields& json, const Form& form,
                              Proof& proof) {
  const bool raw = json.has("raw_transaction");
  if (raw == json.has("transaction"))
    return raw ? Result<void>(malformed("raw_transaction")) : Result<void>();
  if (raw) {
    if (form.generation != Generation::k2) return malformed("raw_transaction");
    HEYAN_TRY(const Bytes bytes, json.bytes("raw_transaction"));
    HEYAN_TRY(proof.transaction, parse_raw_transaction(bytes, form));
    HEYAN_TRY(proof.transaction->index, json.number("transaction_index"));
  } else {
    HEYAN_TRY(const Fields transaction, json.object("transaction"));
    HEYAN_TRY(proof.transaction, parse_transaction(transaction, form));
  }
  if (form.generation == Generation::k2) {
    HEYAN_TRY(proof.transaction_path, read_wide(root, "tx_proof"));
  } else {
    HEYAN_TRY(proof.transaction_path, read_binary(*root.find("transaction"), "txProof"));
  }
  return {};
}

Result<void> read_receipt(const Value& root, const Fields& json, const Form& form, Proof& proof) {
  if (!json.has("receipt")) return {};
  HEYAN_TRY(const Fields receipt, json.object("receipt"));
  HEYAN_TRY(proof.receipt, parse_receipt(receipt, form.generation));
  if (form.generation == Generation::k2) {
    HEYAN_TRY(proof.receipt_path, read_wide(root, "receipt_proof"));
  } else {
    HEYAN_TRY(proof.receipt_path, read_binary(*root.find("receipt"), "txReceiptProof"));
  }
  return {};
}

}  // namespace

bool looks_like_proof(ByteView head) {
  std::string text;
  for (const char sign : core::as_text(head)) {
    const bool blank = sign == ' ' || sign == '\n' || sign == '\r' || sign == '\t';
    if (!blank) text.push_back(sign);
  }
  return text.starts_with("{\"schema\":\"" + std::string(kSchema) + "\"");
}

Result<Proof> parse_proof(ByteView bytes, const Form& form, const core::Limits& limits) {
  const auto document = core::json::parse(bytes, limits);
  if (!document) return std::unexpected(document.error().error);
  HEYAN_TRY(const Fields json, Fields::of(&*document, "proof"));
  for (const auto& [name, value] : *document->as_object()) {
    if (std::ranges::find(kMembers, name) == kMembers.end())
      return core::fail(core::ErrorCode::kUnknown, "a member that no proof has");
  }
  HEYAN_TRY(const std::string schema, json.text("schema"));
  if (schema != kSchema) return malformed("schema");
  HEYAN_CHECK_OK(check_declared(json, form));
  Proof proof;
  HEYAN_TRY(proof.chain_id, declared_name(json, "chain_id"));
  HEYAN_TRY(proof.group_id, declared_name(json, "group_id"));
  HEYAN_TRY(const Fields header, json.object("block_header"));
  HEYAN_TRY(proof.header, parse_header(header, form.generation));
  HEYAN_CHECK_OK(read_transaction(*document, json, form, proof));
  HEYAN_CHECK_OK(read_receipt(*document, json, form, proof));
  return proof;
}

}  // namespace heyan::ledgers::fisco_bcos
