#include <algorithm>
#include <iterator>
#include <limits>
#include <set>

#include <nlohmann/json.hpp>

#include "verifier/core/json.h"

namespace heyan::core::json {
namespace {

// Hands bytes to the lexer and leaves behind how far it has read: the library tells its handler no
// offset.
class TrackedIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  TrackedIterator(const char* at, const char** read_to) : at_(at), read_to_(read_to) {}
  reference operator*() const { return *at_; }
  TrackedIterator& operator++() {
    *read_to_ = ++at_;
    return *this;
  }
  TrackedIterator operator++(int) {
    TrackedIterator before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(const TrackedIterator& a, const TrackedIterator& b) {
    return a.at_ == b.at_;
  }

 private:
  const char* at_;
  const char** read_to_;
};

// Builds the Value from the events of nlohmann's SAX parser, whose grammar is RFC 8259 with UTF-8
// and surrogates checked, and refuses what that parser lets through. Every method returns false to
// stop the parser.
class Builder {
 public:
  using number_integer_t = nlohmann::json::number_integer_t;
  using number_unsigned_t = nlohmann::json::number_unsigned_t;
  using number_float_t = nlohmann::json::number_float_t;
  using string_t = nlohmann::json::string_t;
  using binary_t = nlohmann::json::binary_t;

  Builder(const Limits& limits, std::string_view text, const char* const* read_to)
      : limits_(limits), text_(text), read_to_(read_to) {}

  bool null() { return add(Value()); }
  bool boolean(bool value) { return add(Value(value)); }
  // The lexer calls this for negative numbers only, so that zero is "-0".
  bool number_integer(number_integer_t value) {
    if (value == 0) return stop(ErrorCode::kMalformed, "-0 is no integer: write 0");
    return add(Value(std::int64_t{value}));
  }
  bool number_unsigned(number_unsigned_t value) {
    if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
      return stop(ErrorCode::kMalformed, "integer beyond 64 bits");
    }
    return add(Value(static_cast<std::int64_t>(value)));
  }
  // The lexer turns integers that do not fit into doubles; their text has neither fraction nor
  // exponent.
  bool number_float(number_float_t value, const string_t& text) {
    if (text.find_first_of(".eE") == string_t::npos) {
      return stop(ErrorCode::kMalformed, "integer beyond 64 bits");
    }
    return add(Value(value));
  }
  bool string(string_t& value) { return add(Value(std::move(value))); }
  bool binary(binary_t&) { return stop(ErrorCode::kInternal, "binary in JSON"); }

  bool start_object(std::size_t) { return open(true); }
  bool start_array(std::size_t) { return open(false); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool key(string_t& name) {
    Frame& frame = frames_.back();
    frame.name = std::move(name);
    frame.in_member = true;
    if (!count()) return false;
    if (!frame.names.insert(frame.name).second) {
      return stop(ErrorCode::kDuplicate, "name stands twice in one object");
    }
    return true;
  }

  bool parse_error(std::size_t read, const std::string&,
                   const nlohmann::detail::exception& exception) {
    constexpr int kNumberOverflow = 406;
    if (exception.id == kNumberOverflow) {
      return stop(ErrorCode::kMalformed, "number beyond the range of a double");
    }
    if (done_) return stop(ErrorCode::kTrailing, "bytes follow the value");
    // The lexer counts the end of the input as one more character.
    if (read > text_.size()) return stop(ErrorCode::kTruncated, "the document ends too early");
    return stop(ErrorCode::kMalformed, "not the grammar of JSON (RFC 8259)");
  }

  bool stop(ErrorCode code, std::string_view text) {
    if (!error_) error_ = ParseError{Error{code, text, offset()}, pointer()};
    return false;
  }

  std::expected<Value, ParseError> finish() && {
    if (error_) return std::unexpected(*std::move(error_));
    if (!done_) stop(ErrorCode::kInternal, "the JSON parser gave no value");
    if (error_) return std::unexpected(*std::move(error_));
    return std::move(root_);
  }

 private:
  // An array or object that is open: its value so far, and where in it the parser is.
  struct Frame {
    Value::Array array;
    Value::Object object;
    bool is_object = false;
    bool in_member = false;  // `name` has been read, its value is not complete
    std::string name;
    std::set<std::string> names;
  };

  std::size_t offset() const { return static_cast<std::size_t>(*read_to_ - text_.data()); }

  std::string pointer() const {
    std::string path;
    for (const Frame& frame : frames_) {
      if (!frame.is_object) {
        path += '/' + std::to_string(frame.array.size());
      } else if (frame.in_member) {
        path += '/' + shown_pointer_token(frame.name);
      }
    }
    return path;
  }

  bool count() {
    if (++nodes_ > limits_.json_nodes) return stop(ErrorCode::kLimit, "too many values");
    return true;
  }

  // Puts a complete value where it belongs.
  void place(Value value) {
    if (frames_.empty()) {
      root_ = std::move(value);
      done_ = true;
      return;
    }
    Frame& frame = frames_.back();
    if (!frame.is_object) {
      frame.array.push_back(std::move(value));
      return;
    }
    frame.object.emplace_back(std::move(frame.name), std::move(value));
    frame.in_member = false;
  }

  bool add(Value value) {
    if (!count()) return false;
    place(std::move(value));
    return true;
  }

  bool open(bool is_object) {
    if (!count()) return false;
    if (frames_.size() >= limits_.json_depth) return stop(ErrorCode::kLimit, "nested too deeply");
    frames_.emplace_back().is_object = is_object;
    return true;
  }

  bool close() {
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    place(frame.is_object ? Value(std::move(frame.object)) : Value(std::move(frame.array)));
    return true;
  }

  const Limits& limits_;
  std::string_view text_;
  const char* const* read_to_;
  std::vector<Frame> frames_;
  std::size_t nodes_ = 0;
  Value root_;
  bool done_ = false;
  std::optional<ParseError> error_;
};

std::unexpected<ParseError> refuse(ErrorCode code, std::string_view text, std::size_t offset) {
  return std::unexpected(ParseError{Error{code, text, offset}, ""});
}

}  // namespace

std::expected<Value, ParseError> parse(ByteView bytes, const Limits& limits) {
  const std::string_view text = as_text(bytes);
  if (text.size() > limits.json_bytes) {
    return refuse(ErrorCode::kLimit, "the document is too large", limits.json_bytes);
  }
  // The lexer skips a byte-order mark, and takes a NUL byte for the end of the input.
  if (text.starts_with("\xef\xbb\xbf")) {
    return refuse(ErrorCode::kMalformed, "byte-order mark before the value", 0);
  }
  if (const auto nul = text.find('\0'); nul != std::string_view::npos) {
    return refuse(ErrorCode::kMalformed, "NUL byte", nul);
  }
  const char* const begin = text.data();
  const char* read_to = begin;
  Builder builder(limits, text, &read_to);
  try {
    nlohmann::json::sax_parse(TrackedIterator(begin, &read_to),
                              TrackedIterator(begin + text.size(), &read_to), &builder);
  } catch (const std::exception&) {
    return refuse(ErrorCode::kInternal, "the JSON parser failed", 0);
  }
  return std::move(builder).finish();
}

}  // namespace heyan::core::json
