#include "verifier/ledgers/chainmaker/proof.h"

#include <algorithm>
#include <array>

#include "verifier/core/json.h"
#include "verifier/ledgers/chainmaker/merkle.h"

namespace heyan::ledgers::chainmaker {
namespace {

using core::ErrorCode;
using core::fail;
using core::json::Value;
using enum FieldKind;

constexpr std::size_t kMaxExtra = 64;

constexpr std::array<std::string_view, 7> kNames = {
    "schema", "block_header_pb", "extra_data", "tx_pb", "tx_index", "merkle_path", "rw_set_pb"};

// message ChainmakerProof of docs/chainmaker.md.
constexpr std::array kExtraFields{FieldRule{1, kText, "key"}, FieldRule{2, kBytes, "value"}};
constexpr MessageRule kExtra{kExtraFields};
constexpr std::array kProofFields{FieldRule{1, kBytes, "block_header_pb"},
                                  FieldRule{2, kMap, "extra_data", true, &kExtra},
                                  FieldRule{3, kBytes, "tx_pb"},
                                  FieldRule{4, kUint64, "tx_index"},
                                  FieldRule{5, kBytes, "merkle_path", true},
                                  FieldRule{6, kBytes, "rw_set_pb"}};
constexpr MessageRule kProof{kProofFields};

Result<std::string> text_member(const Value& object, std::string_view name) {
  const Value* value = object.find(name);
  if (value == nullptr) return fail(ErrorCode::kMalformed, "a member of the proof is missing");
  if (value->as_string() == nullptr)
    return fail(ErrorCode::kMalformed, "a member of the proof is no text");
  return *value->as_string();
}

Result<Bytes> decode_base64(const Value& value) {
  const std::string* text = value.as_string();
  auto bytes = text == nullptr ? std::nullopt : core::from_base64(*text);
  if (!bytes) return fail(ErrorCode::kMalformed, "a member of the proof is no base64");
  return *std::move(bytes);
}

Result<Bytes> base64_member(const Value& object, std::string_view name) {
  const Value* value = object.find(name);
  if (value == nullptr) return fail(ErrorCode::kMalformed, "a member of the proof is missing");
  return decode_base64(*value);
}

Result<std::vector<Bytes>> read_path(const Value& object) {
  const Value* value = object.find("merkle_path");
  const Value::Array* steps = value == nullptr ? nullptr : value->as_array();
  if (steps == nullptr) return fail(ErrorCode::kMalformed, "merkle_path is no list");
  if (steps->size() > kMaxPath) return fail(ErrorCode::kLimit, "merkle_path is too long");
  std::vector<Bytes> path;
  for (const Value& step : *steps) {
    auto bytes = step.as_string() == nullptr ? std::nullopt : core::from_hex(*step.as_string());
    if (!bytes) return fail(ErrorCode::kMalformed, "merkle_path is no list of hexadecimal texts");
    path.push_back(*std::move(bytes));
  }
  return path;
}

Result<Bytes> read_votes(const Value& object) {
  const Value* value = object.find("extra_data");
  const Value::Object* entries = value == nullptr ? nullptr : value->as_object();
  if (entries == nullptr || entries->size() > kMaxExtra)
    return fail(ErrorCode::kMalformed, "extra_data is no object");
  Bytes votes;
  for (const auto& [key, content] : *entries) {
    HEYAN_TRY(Bytes bytes, decode_base64(content));
    if (key == kVotesKey) votes = std::move(bytes);
  }
  return votes;
}

Result<Proof> parse_json(ByteView bytes, const core::Limits& limits) {
  const auto document = core::json::parse(bytes, limits);
  if (!document) return std::unexpected(document.error().error);
  if (document->as_object() == nullptr) return fail(ErrorCode::kMalformed, "a proof is an object");
  for (const auto& [name, value] : *document->as_object()) {
    if (std::ranges::find(kNames, name) == kNames.end())
      return fail(ErrorCode::kUnknown, "the proof has an unknown member");
  }
  HEYAN_TRY(const std::string schema, text_member(*document, "schema"));
  if (schema != kProofSchema) return fail(ErrorCode::kUnknown, "not a ChainMaker proof");
  Proof proof;
  HEYAN_TRY(proof.header, base64_member(*document, "block_header_pb"));
  HEYAN_TRY(proof.vote_set, read_votes(*document));
  HEYAN_TRY(proof.transaction, base64_member(*document, "tx_pb"));
  HEYAN_TRY(proof.path, read_path(*document));
  const Value* index = document->find("tx_index");
  if (index == nullptr || index->as_integer() == nullptr || *index->as_integer() < 0)
    return fail(ErrorCode::kMalformed, "tx_index is no number");
  proof.index = static_cast<std::uint64_t>(*index->as_integer());
  if (document->find("rw_set_pb") != nullptr) {
    HEYAN_TRY(proof.rw_set, base64_member(*document, "rw_set_pb"));
  }
  return proof;
}

Result<Proof> parse_binary(ByteView bytes) {
  HEYAN_CHECK_OK(check_message(bytes, kProof));
  const Fields fields(bytes);
  Proof proof{.header = core::to_bytes(fields.bytes(1)),
              .vote_set = {},
              .transaction = core::to_bytes(fields.bytes(3)),
              .index = fields.number(4),
              .path = {},
              .rw_set = {}};
  const auto extra = fields.all(2);
  if (extra.size() > kMaxExtra) return fail(ErrorCode::kLimit, "too much extra_data");
  std::vector<std::string_view> keys;
  for (const ByteView one : extra) {
    const Fields entry(one);
    if (std::ranges::find(keys, entry.text(1)) != keys.end())
      return fail(ErrorCode::kDuplicate, "a key of extra_data stands twice");
    keys.push_back(entry.text(1));
    if (keys.back() == kVotesKey) proof.vote_set = core::to_bytes(entry.bytes(2));
  }
  const auto path = fields.all(5);
  if (path.size() > kMaxPath) return fail(ErrorCode::kLimit, "the path is too long");
  for (const ByteView one : path) proof.path.push_back(core::to_bytes(one));
  if (fields.has(6)) proof.rw_set = core::to_bytes(fields.bytes(6));
  return proof;
}

bool contains(ByteView head, std::string_view text) {
  return core::as_text(head).find(text) != std::string_view::npos;
}

// A tag and the varint behind it; the cursor then stands behind both.
std::optional<std::uint64_t> take_tagged(core::Cursor& cursor, std::uint8_t tag) {
  const auto found = cursor.take_byte();
  if (!found || *found != tag) return std::nullopt;
  const auto value = cursor.take_varint();
  return value ? std::optional(*value) : std::nullopt;
}

// The header of a block of the second generation: a version, perhaps a kind, and a chain id.
bool looks_like_header(core::Cursor& cursor, ByteView head) {
  constexpr std::uint64_t kFirstVersion = 20;
  const auto version = take_tagged(cursor, 0x08);
  if (!version || *version < kFirstVersion || *version > 0xffffffffu) return false;
  if (!cursor.at_end() && head[cursor.offset()] == 0x10 && !take_tagged(cursor, 0x10)) return false;
  const auto chain_id = take_tagged(cursor, 0x1a);
  if (!chain_id || *chain_id == 0 || *chain_id > 64 || !cursor.take(*chain_id)) return false;
  const auto height = take_tagged(cursor, 0x20);
  return height.has_value() && take_tagged(cursor, 0x2a) == 32u;
}

}  // namespace

bool begins_as_json(ByteView bytes) {
  const auto text = core::as_text(bytes);
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && text[first] == '{';
}

Result<Proof> parse_proof(ByteView bytes, const core::Limits& limits) {
  if (bytes.size() > limits.proof_bytes) return fail(ErrorCode::kLimit, "the proof is too long");
  HEYAN_TRY(Proof proof, begins_as_json(bytes) ? parse_json(bytes, limits) : parse_binary(bytes));
  if (proof.header.empty() || proof.transaction.empty())
    return fail(ErrorCode::kMalformed, "a proof without header or transaction");
  return proof;
}

std::string write_proof(const Proof& proof) {
  Value extra(Value::Object{});
  if (!proof.vote_set.empty()) extra.set(kVotesKey, core::to_base64(proof.vote_set));
  Value path(Value::Array{});
  for (const Bytes& sibling : proof.path) path.push(core::to_hex(sibling));
  Value value;
  value.set("block_header_pb", core::to_base64(proof.header))
      .set("extra_data", std::move(extra))
      .set("tx_pb", core::to_base64(proof.transaction))
      .set("tx_index", proof.index)
      .set("merkle_path", std::move(path));
  if (proof.rw_set) value.set("rw_set_pb", core::to_base64(*proof.rw_set));
  std::string text = "{\"schema\":\"";
  text.append(kProofSchema).append("\",");
  return text + core::json::write_canonical(value).substr(1) + "\n";
}

bool looks_like_block_info(ByteView head) {
  if (begins_as_json(head)) return contains(head, "\"block_version\"");
  core::Cursor cursor(head);
  return take_tagged(cursor, 0x0a) && take_tagged(cursor, 0x0a) && looks_like_header(cursor, head);
}

bool looks_like_chainmaker(ByteView head) {
  if (looks_like_block_info(head)) return true;
  if (begins_as_json(head))
    return contains(head, "\"heyan.chainmaker-proof.v1\"") || contains(head, "\"block_header_pb\"");
  core::Cursor cursor(head);
  return take_tagged(cursor, 0x0a) && looks_like_header(cursor, head);
}

}  // namespace heyan::ledgers::chainmaker
