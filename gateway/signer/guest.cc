#include "gateway/signer/guest.h"

#include <utility>
#include <variant>

#include "gateway/ipc/frame_limits.h"
#include "gateway/signer/serve.h"

namespace heyan::signer {
namespace {

using ipc::MessageType;

// The next message of that kind, if it is all there. False: something else, or nobody.
template <class Message>
bool take_into(ipc::Channel& channel, MessageType type, std::optional<Message>& place) {
  auto asks = channel.take<Message>(type);
  if (!asks) return false;
  if (*asks) place = *std::move(*asks);
  return true;
}

// First it begins, then it has something signed.
template <class Begin, class Begun, class Asks, class Answer>
class TwoSteps : public Guest {
 public:
  using Guest::Guest;

 protected:
  bool take_either(MessageType first, MessageType second) {
    if (!begin_) {
      if (!take_into(channel, first, begin_)) return false;
      if (begin_) answer_.template emplace<Begun>();
      return true;
    }
    if (!take_into(channel, second, asks_)) return false;
    if (asks_) answer_.template emplace<Answer>();
    return true;
  }
  Begun* begun() { return std::get_if<Begun>(&answer_); }
  Answer* answer() { return std::get_if<Answer>(&answer_); }
  const Begin& begin() const { return *begin_; }
  const Asks& asks() const { return *asks_; }
  void forget() { answer_.template emplace<std::monostate>(); }

 private:
  std::optional<Begin> begin_;
  std::optional<Asks> asks_;
  std::variant<std::monostate, Begun, Answer> answer_;  // of this round
};

class Judge final
    : public TwoSteps<v1::SignerBegin, v1::SignerBegun, v1::SignerReport, v1::SignerSigned> {
 public:
  using TwoSteps::TwoSteps;
  std::optional<Question> question(Signer& signer) override {
    if (begun() != nullptr) return signer.for_begin(begin(), *begun());
    if (answer() != nullptr) return signer.for_report(begin(), asks(), *answer());
    return std::nullopt;
  }
  bool tell() override {
    bool well = true;
    if (const auto* one = begun()) {
      well = say(MessageType::kSignerBegun, *one,
                 one->has_refusal() || !one->envelope().empty() || one->has_canaries());
    } else if (const auto* other = answer()) {
      well = say(MessageType::kSignerSigned, *other, true);
    }
    forget();
    return well;
  }

 protected:
  bool take() override {
    return take_either(MessageType::kSignerBegin, MessageType::kSignerReport);
  }
};

class Renderer final : public TwoSteps<v1::SealBegin, v1::SealBegun, v1::SealFile, v1::Sealed> {
 public:
  using TwoSteps::TwoSteps;
  std::optional<Question> question(Signer& signer) override {
    if (begun() != nullptr) return signer.for_statement(begin(), *begun());
    if (answer() != nullptr) return signer.for_seal(begin(), asks(), *answer());
    return std::nullopt;
  }
  bool tell() override {
    bool well = true;
    if (const auto* one = begun()) {
      well = say(MessageType::kSealBegun, *one, one->has_refusal());
    } else if (const auto* other = answer()) {
      const bool last = other->has_refusal() || ++sealed_ == kMostSeals;
      well = say(MessageType::kSealed, *other, last);
    }
    forget();
    return well;
  }

 protected:
  bool take() override { return take_either(MessageType::kSealBegin, MessageType::kSealFile); }

 private:
  static constexpr int kMostSeals = 2;  // of one report: in a bundle, its PDF and its XML
  int sealed_ = 0;
};

}  // namespace

void Peer::look_at_clock() {
  if (!channel.is_open() || !channel.is_amid_frame()) {
    patience.reset();
  } else if (!patience) {
    patience = ipc::within(kPatience);
  }
}

bool Guest::serve() {
  if (channel.has_unsent()) {
    return channel.flush() && (channel.has_unsent() || !answered_);
  }
  return take();
}

bool Guest::say(MessageType type, const google::protobuf::MessageLite& answer, bool last) {
  answered_ = last;
  return channel.queue(type, answer) && (channel.has_unsent() || !last);
}

std::unique_ptr<Guest> new_judge(os::Descriptor socket) {
  return std::make_unique<Judge>(ipc::Channel(std::move(socket), ipc::kJudgeFrameBytes));
}
std::unique_ptr<Guest> new_renderer(os::Descriptor socket) {
  return std::make_unique<Renderer>(ipc::Channel(std::move(socket), ipc::kSealFrameBytes));
}

}  // namespace heyan::signer
