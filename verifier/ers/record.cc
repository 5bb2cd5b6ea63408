#include "verifier/ers/record.h"

#include "verifier/crypto/der.h"
#include "verifier/crypto/der_writer.h"
#include "verifier/crypto/timestamp.h"

namespace heyan::ers {
namespace {

namespace der = crypto::der;
using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;
using crypto::DerReader;
using crypto::DerValue;

constexpr std::uint8_t kContext0 = 0xa0;  // [0], constructed
constexpr std::uint8_t kContext1 = 0xa1;
constexpr std::uint8_t kContext2 = 0xa2;

Result<std::vector<ByteView>> read_list(ByteView content) {
  DerReader reader(content);
  std::vector<ByteView> values;
  while (!reader.at_end()) {
    if (values.size() == kMaxValues) return fail(ErrorCode::kLimit, "a list of too many values");
    HEYAN_TRY(const DerValue value, reader.next(der::kOctetString));
    values.push_back(value.content);
  }
  if (values.empty()) return fail(ErrorCode::kMalformed, "an empty list of a hash tree");
  return values;
}

Result<ArchiveStamp> read_stamp(ByteView content) {
  DerReader reader(content);
  ArchiveStamp stamp;
  if (reader.peek_tag() == kContext0) {
    HEYAN_TRY(const DerValue algorithm, reader.next());
    core::Bytes identifier;
    crypto::append_der(identifier, der::kSequence, algorithm.content);
    stamp.states_hash = true;
    stamp.hash = crypto::hash_algorithm(identifier);
  }
  if (reader.peek_tag() == kContext1) HEYAN_CHECK_OK(reader.next());  // attributes
  if (reader.peek_tag() == kContext2) {
    HEYAN_TRY(const DerValue tree, reader.next());
    DerReader lists(tree.content);
    while (!lists.at_end()) {
      HEYAN_TRY(const DerValue one, lists.next(der::kSequence));
      HEYAN_TRY(std::vector<ByteView> values, read_list(one.content));
      stamp.tree.push_back(std::move(values));
    }
    if (stamp.tree.empty()) return fail(ErrorCode::kMalformed, "an empty hash tree");
  }
  HEYAN_TRY(const DerValue token, reader.next(der::kSequence));
  stamp.token = token.whole;
  HEYAN_CHECK_OK(reader.expect_end());
  return stamp;
}

Result<std::vector<ArchiveStamp>> read_chain(ByteView content) {
  DerReader reader(content);
  std::vector<ArchiveStamp> stamps;
  while (!reader.at_end()) {
    if (stamps.size() == kMaxStamps) return fail(ErrorCode::kLimit, "a chain of too many stamps");
    HEYAN_TRY(const DerValue one, reader.next(der::kSequence));
    HEYAN_TRY(ArchiveStamp stamp, read_stamp(one.content));
    stamps.push_back(std::move(stamp));
  }
  if (stamps.empty()) return fail(ErrorCode::kMalformed, "a chain without stamps");
  return stamps;
}

bool contains(ByteView bytes, std::string_view text) {
  return core::as_text(bytes).find(text) != std::string_view::npos;
}

// Tag and length of a value of which not all may be there.
bool enter(ByteView& bytes, std::uint8_t tag) {
  constexpr std::uint8_t kLong = 0x80;
  if (bytes.size() < 2 || bytes[0] != tag) return false;
  const std::size_t octets = bytes[1] < kLong ? 0 : bytes[1] & 0x7fu;
  if (bytes[1] == kLong || octets > 4 || bytes.size() < 2 + octets) return false;
  bytes = bytes.subspan(2 + octets);
  return true;
}

}  // namespace

Result<Record> read_record(ByteView bytes) {
  if (bytes.size() > kMaxBytes) return fail(ErrorCode::kLimit, "an evidence record beyond 1 MiB");
  DerReader outer(bytes);
  HEYAN_TRY(const DerValue whole, outer.next(der::kSequence));
  HEYAN_CHECK_OK(outer.expect_end());
  DerReader reader(whole.content);
  HEYAN_TRY(const DerValue version, reader.next(der::kInteger));
  if (core::to_hex(version.content) != "01") {
    return fail(ErrorCode::kUnsupported, "an evidence record of another version");
  }
  Record record;
  HEYAN_TRY(const DerValue algorithms, reader.next(der::kSequence));
  record.hash_algorithms = algorithms.content;
  if (reader.peek_tag() == kContext0) HEYAN_CHECK_OK(reader.next());  // cryptoInfos
  if (reader.peek_tag() == kContext1) {
    return fail(ErrorCode::kUnsupported, "an evidence record of encrypted documents");
  }
  HEYAN_TRY(const DerValue sequence, reader.next(der::kSequence));
  HEYAN_CHECK_OK(reader.expect_end());
  DerReader chains(sequence.content);
  while (!chains.at_end()) {
    if (record.chains.size() == kMaxChains) return fail(ErrorCode::kLimit, "too many chains");
    HEYAN_TRY(const DerValue one, chains.next(der::kSequence));
    HEYAN_TRY(std::vector<ArchiveStamp> chain, read_chain(one.content));
    record.chains.push_back(std::move(chain));
    record.chains_der.push_back(one.whole);
  }
  if (record.chains.empty()) return fail(ErrorCode::kMalformed, "an evidence record of nothing");
  return record;
}

// Version, then a list of algorithms: a request for a time stamp begins likewise, but with an
// imprint, whose second part is no SEQUENCE.
bool looks_like_record(ByteView head) {
  constexpr std::uint8_t kVersionBytes = 3;
  if (!enter(head, der::kSequence) || head.size() < kVersionBytes ||
      core::to_hex(head.first(kVersionBytes)) != "020101") {
    return false;
  }
  DerReader reader(head.subspan(kVersionBytes));
  const auto algorithms = reader.next(der::kSequence);
  if (!algorithms) return false;
  DerReader each(algorithms->content);
  if (each.at_end()) return false;
  while (!each.at_end()) {
    const auto one = each.next(der::kSequence);
    if (!one || DerReader(one->content).peek_tag() != der::kObjectId) return false;
  }
  const std::uint8_t next = reader.peek_tag();
  return next == der::kSequence || next == kContext0 || next == kContext1;
}

bool looks_like_xml_record(ByteView head) {
  return contains(head, "EvidenceRecord") && contains(head, "urn:ietf:params:xml:ns:ers");
}

}  // namespace heyan::ers
