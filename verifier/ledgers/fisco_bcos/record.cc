#include "verifier/ledgers/fisco_bcos/record.h"

#include <algorithm>
#include <array>

#include "verifier/core/time.h"
#include "verifier/ledgers/fisco_bcos/fields.h"

namespace heyan::ledgers::fisco_bcos {
namespace {

constexpr std::size_t kSelectorBytes = 4;
constexpr std::uint8_t kVBase = 27;

struct Algorithm {
  std::string_view name;
  v1::DigestAlgorithm number;
};
constexpr std::array<Algorithm, 6> kAlgorithms{{{"md5", v1::DIGEST_ALGORITHM_MD5},
                                                {"sha-1", v1::DIGEST_ALGORITHM_SHA_1},
                                                {"sha-256", v1::DIGEST_ALGORITHM_SHA_256},
                                                {"sha-384", v1::DIGEST_ALGORITHM_SHA_384},
                                                {"sha-512", v1::DIGEST_ALGORITHM_SHA_512},
                                                {"sm3", v1::DIGEST_ALGORITHM_SM3}}};

bool calls(const Transaction& transaction, const Call& call) {
  return transaction.input.size() >= kSelectorBytes &&
         core::equal(ByteView(transaction.input).first(kSelectorBytes), call.selector);
}

// Text holds the digest in hexadecimal, everything else the digest itself.
std::optional<Bytes> digest_in(const Argument& argument, std::string_view algorithm) {
  const bool text = argument.type.kind == AbiKind::kString;
  auto digest = text ? read_hex(core::as_text(argument.value)) : std::optional(argument.value);
  const auto hash = crypto::hash_by_name(algorithm);
  if (!digest || !hash || digest->size() != crypto::digest_bytes(*hash)) return std::nullopt;
  return digest;
}

bool read_digests(const std::vector<Argument>& arguments, const RecordPlaces& places,
                  v1::LedgerRecord& record) {
  for (const Algorithm& algorithm : kAlgorithms) {  // in the order of their numbers
    const auto place = places.digests.find(std::string(algorithm.name));
    if (place == places.digests.end()) continue;
    const Argument& argument = arguments[place->second];
    const bool optional = argument.value.empty() && places.digests.size() > 1;
    if (optional) continue;
    const auto value = digest_in(argument, algorithm.name);
    if (!value) return false;
    v1::Digest& digest = *record.add_digests();
    digest.set_algorithm(algorithm.number);
    digest.set_value(core::to_string(*value));
  }
  return record.digests_size() > 0;
}

void read_texts(const std::vector<Argument>& arguments, const RecordPlaces& places,
                v1::LedgerRecord& record) {
  const auto text = [&](std::string_view name) {
    const auto place = places.fields.find(std::string(name));
    return place == places.fields.end() ? std::string() : to_text(arguments[place->second]);
  };
  record.set_id(text("id"));
  record.set_who(text("who"));
  record.set_what(text("what"));
  record.set_when(text("when"));
  record.set_where(text("where"));
  if (const auto when = core::parse_rfc3339(record.when()))
    record.set_when_ms(core::to_unix_ms(*when));
}

void read_signature(const std::vector<Argument>& arguments, const Method& method,
                    RecordCall& call) {
  const auto place = signature_place(method);
  if (!place) return;
  AccountSignature signature;
  const std::uint8_t v = arguments[*place].value.front();
  call.signature_malformed = v != kVBase && v != kVBase + 1;
  signature.recovery_id = call.signature_malformed ? 0 : v - kVBase;
  signature.rs = arguments[*place + 1].value;
  const Bytes& s = arguments[*place + 2].value;
  signature.rs.insert(signature.rs.end(), s.begin(), s.end());
  call.signature = std::move(signature);
}

}  // namespace

RecordCall read_call(const Transaction& transaction, const FiscoConfig& config) {
  RecordCall call;
  const bool adds = config.add_signature && calls(transaction, *config.add_signature);
  // Signatures are added to a contract of the record's own, which no list can name beforehand.
  const bool ours = std::ranges::find(config.contracts, transaction.to) != config.contracts.end();
  const bool records = ours && calls(transaction, config.record);
  if (!adds && !records) return call;
  const Method& method = records ? config.record.method : config.add_signature->method;
  const auto arguments =
      decode_arguments(method, ByteView(transaction.input).subspan(kSelectorBytes));
  if (!arguments) {
    call.kind = CallKind::kUnreadable;
    return call;
  }
  call.kind = records ? CallKind::kRecord : CallKind::kAddSignature;
  if (records) {
    read_texts(*arguments, config.places, call.record);
    if (!read_digests(*arguments, config.places, call.record)) {
      call.kind = CallKind::kUnreadable;
      return call;
    }
    call.signed_text = (*arguments)[config.places.digests.begin()->second].value;
  }
  if (!config.signers.empty()) read_signature(*arguments, method, call);
  return call;
}

}  // namespace heyan::ledgers::fisco_bcos
