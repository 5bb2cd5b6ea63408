#include "verifier/ledgers/ccf/receipt.h"

#include "verifier/transparency/lines.h"

namespace heyan::ledgers::ccf {
namespace {

using core::ErrorCode;
using core::fail;
using core::Result;
using core::json::Value;

constexpr std::string_view kBlank = " \t\r\n";
constexpr std::string_view kEvidence = "ce:";
constexpr std::array<std::string_view, 4> kAnswerMembers = {"receipt", "applicationClaims", "state",
                                                            "transactionId"};
constexpr std::array<std::string_view, 2> kSides = {"left", "right"};

// The names of one spelling.
struct Names {
  std::string_view node_id, leaf_components, endorsements, is_signature;
  std::string_view write_set, evidence, claims;
};
constexpr Names kSnake = {
    "node_id",          "leaf_components", "service_endorsements", "is_signature_transaction",
    "write_set_digest", "commit_evidence", "claims_digest"};
constexpr Names kCamel = {
    "nodeId",         "leafComponents", "serviceEndorsements", "isSignatureTransaction",
    "writeSetDigest", "commitEvidence", "claimsDigest"};

std::unexpected<core::Error> malformed(std::string_view text) {
  return fail(ErrorCode::kMalformed, text);
}

// "ce:VIEW.SEQNO:HEX": the transaction is part of what is hashed.
Result<void> read_evidence(std::string_view text, LeafParts& leaf) {
  leaf.evidence = text;
  const std::size_t colon = text.rfind(':');
  if (!text.starts_with(kEvidence) || colon < kEvidence.size() ||
      !read_hex32(text.substr(colon + 1)))
    return malformed("the commit evidence is of another form");
  const std::string_view id = text.substr(kEvidence.size(), colon - kEvidence.size());
  const std::size_t point = std::min(id.find('.'), id.size());
  const auto view = transparency::parse_decimal(id.substr(0, point));
  const auto seqno = transparency::parse_decimal(id.substr(std::min(point + 1, id.size())));
  if (!view || !seqno) return malformed("the commit evidence names no transaction");
  leaf.transaction = id;
  leaf.seqno = *seqno;
  return {};
}

Result<LeafParts> read_leaf(const Value* value, const Names& names) {
  const std::array known = {names.write_set, names.evidence, names.claims};
  HEYAN_TRY(const Members members, Members::of(value, known));
  LeafParts leaf;
  HEYAN_TRY(leaf.write_set, members.hex32(names.write_set));
  HEYAN_TRY(leaf.claims, members.hex32(names.claims));
  HEYAN_TRY(const std::string_view evidence, members.text(names.evidence));
  HEYAN_CHECK_OK(read_evidence(evidence, leaf));
  return leaf;
}

Result<Step> read_step(const Value& value) {
  HEYAN_TRY(const Members members, Members::of(&value, kSides));
  if (value.as_object()->size() != 1) return malformed("a step has not one side");
  Step step;
  step.left = members.find("left") != nullptr;
  HEYAN_TRY(step.hash, members.hex32(step.left ? "left" : "right"));
  return step;
}

Result<void> read_path(const Members& members, Receipt& receipt) {
  HEYAN_TRY(const Value::Array* steps, members.array("proof"));
  if (steps->size() > kMostSteps) return fail(ErrorCode::kLimit, "the path is too long");
  for (const Value& one : *steps) {
    HEYAN_TRY(const Step step, read_step(one));
    receipt.path.push_back(step);
  }
  return {};
}

Result<void> read_endorsements(const Members& members, const Names& names, Receipt& receipt) {
  if (members.find(names.endorsements) == nullptr) return {};
  HEYAN_TRY(const Value::Array* all, members.array(names.endorsements));
  if (all->size() > kMostEndorsements) return fail(ErrorCode::kLimit, "too many endorsements");
  for (const Value& one : *all) {
    if (one.as_string() == nullptr) return malformed("an endorsement is no text");
    receipt.endorsements.push_back(*one.as_string());
  }
  return {};
}

// Either the parts of a leaf, or the root that a signature transaction signs.
Result<void> read_what_is_signed(const Members& members, const Names& names, Receipt& receipt) {
  const bool is_root = members.find("leaf") != nullptr;
  if (is_root == (members.find(names.leaf_components) != nullptr))
    return malformed("neither a leaf nor its parts, or both");
  const Value* stated = members.find(names.is_signature);
  if (stated != nullptr && (stated->as_bool() == nullptr || *stated->as_bool() != is_root))
    return malformed("a signature transaction, or none");
  HEYAN_CHECK_OK(read_path(members, receipt));
  if (!is_root) {
    HEYAN_TRY(receipt.leaf, read_leaf(members.find(names.leaf_components), names));
    return {};
  }
  if (!receipt.path.empty()) return malformed("a signature transaction has no path");
  HEYAN_TRY(receipt.signed_root, members.hex32("leaf"));
  return {};
}

Result<Receipt> read_receipt(const Value& value) {
  const Names& names = value.find(kCamel.node_id) != nullptr ? kCamel : kSnake;
  const std::array known = {std::string_view("cert"),
                            std::string_view("signature"),
                            std::string_view("proof"),
                            std::string_view("leaf"),
                            names.node_id,
                            names.leaf_components,
                            names.endorsements,
                            names.is_signature};
  HEYAN_TRY(const Members members, Members::of(&value, known));
  Receipt receipt;
  HEYAN_TRY(receipt.certificate, members.text("cert"));
  HEYAN_TRY(receipt.node, members.hex32(names.node_id));
  HEYAN_TRY(receipt.signature, members.base64("signature"));
  HEYAN_CHECK_OK(read_what_is_signed(members, names, receipt));
  HEYAN_CHECK_OK(read_endorsements(members, names, receipt));
  return receipt;
}

// What the service says beside the receipt must be what the receipt says.
Result<Answer> read_whole(const Value& value) {
  HEYAN_TRY(const Members members, Members::of(&value, kAnswerMembers));
  HEYAN_TRY(Receipt receipt, read_receipt(*members.find("receipt")));
  Answer answer{.receipt = std::move(receipt), .claims = std::nullopt};
  if (members.find("state") != nullptr) {
    HEYAN_TRY(const std::string_view state, members.text("state"));
    if (state != "Ready") return malformed("the receipt was not ready");
  }
  if (members.find("transactionId") != nullptr) {
    HEYAN_TRY(const std::string_view id, members.text("transactionId"));
    if (!answer.receipt.leaf || answer.receipt.leaf->transaction != id)
      return malformed("the answer is about another transaction");
  }
  if (const Value* claims = members.find("applicationClaims")) {
    HEYAN_TRY(answer.claims, read_claims(*claims));
  }
  return answer;
}

}  // namespace

bool looks_like_receipt(core::ByteView head) {
  const std::string_view text = core::as_text(head);
  const std::size_t first = std::min(text.find_first_not_of(kBlank), text.size());
  if (!text.substr(first).starts_with('{')) return false;
  const auto has = [text](std::string_view part) { return text.find(part) != text.npos; };
  return has("\"applicationClaims\"") || (has("\"cert\"") && has("\"-----BEGIN CERTIFICATE-----"));
}

Result<Answer> read_answer(core::ByteView bytes, const core::Limits& limits) {
  if (bytes.size() > kAnswerBytes) return fail(ErrorCode::kLimit, "the receipt is too long");
  const auto document = core::json::parse(bytes, limits);
  if (!document) return std::unexpected(document.error().error);
  if (document->find("receipt") != nullptr) return read_whole(*document);
  HEYAN_TRY(Receipt receipt, read_receipt(*document));
  return Answer{.receipt = std::move(receipt), .claims = std::nullopt};
}

}  // namespace heyan::ledgers::ccf
