#include "verifier/transparency/policy.h"

#include <algorithm>
#include <span>
#include <utility>

#include "verifier/core/bytes.h"
#include "verifier/core/text.h"
#include "verifier/transparency/lines.h"

namespace heyan::transparency {
namespace {

using Fault = LogPolicy::Fault;
using Parsed = std::expected<void, Fault>;
using Items = std::span<const std::string_view>;

constexpr std::string_view kSpace = " \t";
constexpr std::string_view kNone = "none";

bool is_allowed(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte == '\t' || byte == '\n' || (byte >= 0x20 && byte != 0x7f);
}

std::vector<std::string_view> items_of(std::string_view line) {
  std::vector<std::string_view> items;
  while (true) {
    const std::size_t begin = line.find_first_not_of(kSpace);
    if (begin == std::string_view::npos) return items;
    line.remove_prefix(begin);
    const std::size_t end = std::min(line.find_first_of(kSpace), line.size());
    items.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
}

std::unexpected<Fault> fault(std::string what, bool unsupported = false) {
  return std::unexpected(Fault{.line = 0, .what = std::move(what), .unsupported = unsupported});
}

std::string quoted(std::string_view text) { return "\"" + core::visible(text) + "\""; }

struct NamedKey {
  std::string name;
  crypto::PublicKey key;
};

std::expected<NamedKey, Fault> read_key(std::string_view text, PolicyForm form, NoteKeyType type) {
  if (form == PolicyForm::kSigsum) {
    const auto bytes = core::from_hex(text);
    if (!bytes) return fault("the key is not hexadecimal");
    auto key = crypto::PublicKey::from_point(crypto::KeyAlgorithm::kEd25519, *bytes);
    if (!key) return fault("the key is no Ed25519 key, or one that anybody can sign for");
    return NamedKey{.name = {}, .key = *std::move(key)};
  }
  const auto verifier = NoteVerifier::parse(text);
  if (!verifier)
    return fault(std::string(verifier.error().text),
                 verifier.error().code == core::ErrorCode::kUnsupported);
  if (verifier->type() != type) {
    return fault(type == NoteKeyType::kEd25519 ? "a log's key is of type 01"
                                               : "a witness's key is of type 04");
  }
  return NamedKey{.name = verifier->name(), .key = verifier->key()};
}

}  // namespace

class PolicyReader {
 public:
  explicit PolicyReader(PolicyForm form) : form_(form) {}

  std::expected<LogPolicy, Fault> read(std::string_view bytes) {
    if (bytes.size() > kPolicyBytes) return fault("the policy is too long");
    std::uint32_t number = 0;
    while (!bytes.empty()) {
      ++number;
      const std::size_t end = std::min(bytes.find('\n'), bytes.size());
      if (auto read = read_line(bytes.substr(0, end)); !read) {
        read.error().line = number;
        return std::unexpected(std::move(read.error()));
      }
      bytes.remove_prefix(std::min(end + 1, bytes.size()));
    }
    if (!has_quorum_) return fault("there is no line \"quorum\"");
    return std::move(policy_);
  }

 private:
  Parsed read_line(std::string_view line) {
    if (!std::ranges::all_of(line, is_allowed))
      return fault("a control character other than tab and line feed");
    const auto items = items_of(line);
    if (items.empty() || items.front().starts_with('#')) return {};
    const Items rest = Items(items).subspan(1);
    if (items.front() == "log") return read_log(rest);
    if (items.front() == "witness") return read_witness(rest);
    if (items.front() == "group") return read_group(rest);
    if (items.front() == "quorum") return read_quorum(rest);
    return fault(quoted(items.front()) + " is none of log, witness, group, quorum");
  }

  Parsed read_log(Items items) {
    if (items.empty() || items.size() > 2) return fault("write: log KEY [URL]");
    if (policy_.logs_.size() == kPolicyLogs) return fault("too many logs");
    auto key = read_key(items[0], form_, NoteKeyType::kEd25519);
    if (!key) return std::unexpected(std::move(key.error()));
    if (std::ranges::find(policy_.logs_, key->key, &PolicyLog::key) != policy_.logs_.end())
      return fault("this key is another log's already");
    policy_.logs_.push_back({std::move(key->name), std::move(key->key)});
    return {};
  }

  Parsed read_witness(Items items) {
    if (items.size() < 2 || items.size() > 3) return fault("write: witness NAME KEY [URL]");
    auto key = read_key(items[1], form_, NoteKeyType::kCosignature);
    if (!key) return std::unexpected(std::move(key.error()));
    auto& known = policy_.witnesses_;
    if (std::ranges::find(known, key->key, &PolicyWitness::key) != known.end())
      return fault("this key is another witness's already");
    auto named = add_name(items[0]);
    if (!named) return named;
    policy_.members_.back().witness = known.size();
    std::string name(items[0]);
    std::string key_name = form_ == PolicyForm::kSigsum ? name : std::move(key->name);
    known.push_back({std::move(name), std::move(key_name), std::move(key->key)});
    return {};
  }

  Parsed read_group(Items items) {
    if (items.size() < 3) return fault("write: group NAME all|any|K MEMBER...");
    const Items names = items.subspan(2);
    const auto threshold = items[1] == "all"   ? names.size()
                           : items[1] == "any" ? 1
                                               : parse_decimal(items[1]).value_or(0);
    if (threshold < 1 || threshold > names.size())
      return fault("the threshold is not all, any or a number from 1 to that of the members");
    std::vector<std::size_t> of;
    for (const std::string_view name : names) {
      const auto member = find(name);
      if (!member) return fault(quoted(name) + " is no witness or group of a line above");
      if (policy_.members_[*member].taken) return fault(quoted(name) + " is a member already");
      policy_.members_[*member].taken = true;
      of.push_back(*member);
    }
    auto named = add_name(items[0]);
    if (!named) return named;
    policy_.members_.back().threshold = threshold;
    policy_.members_.back().of = std::move(of);
    return {};
  }

  Parsed read_quorum(Items items) {
    if (items.size() != 1) return fault("write: quorum NAME|none");
    if (has_quorum_) return fault("a second line \"quorum\"");
    has_quorum_ = true;
    if (items[0] == kNone) return {};
    policy_.quorum_ = find(items[0]);
    if (!policy_.quorum_)
      return fault(quoted(items[0]) + " is no witness or group of a line above");
    return {};
  }

  std::optional<std::size_t> find(std::string_view name) const {
    const auto found = std::ranges::find(policy_.members_, name, &LogPolicy::Member::name);
    if (found == policy_.members_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - policy_.members_.begin());
  }

  Parsed add_name(std::string_view name) {
    if (name == kNone) return fault("\"none\" is no name");
    if (find(name)) return fault(quoted(name) + " is named already");
    if (policy_.members_.size() == kPolicyNames) return fault("too many witnesses and groups");
    policy_.members_.emplace_back().name = std::string(name);
    return {};
  }

  PolicyForm form_;
  LogPolicy policy_;
  bool has_quorum_ = false;
};

std::expected<LogPolicy, Fault> LogPolicy::parse(std::string_view bytes, PolicyForm form) {
  return PolicyReader(form).read(bytes);
}

PolicyCount LogPolicy::count(const std::vector<bool>& cosigned) const {
  if (!quorum_) return {};
  // Members are earlier than their group, so that one walk decides all.
  std::vector<bool> holds;
  const auto number_of = [&](const Member& group) {
    return std::ranges::count_if(group.of, [&](std::size_t one) { return holds[one]; });
  };
  for (const Member& one : members_) {
    holds.push_back(one.witness ? *one.witness < cosigned.size() && cosigned[*one.witness]
                                : std::cmp_greater_equal(number_of(one), one.threshold));
  }
  const Member& quorum = members_[*quorum_];
  if (quorum.witness) return {.required = 1, .valid = holds[*quorum_] ? 1U : 0U};
  return {.required = static_cast<std::uint32_t>(quorum.threshold),
          .valid = static_cast<std::uint32_t>(number_of(quorum))};
}

}  // namespace heyan::transparency
