// heyan-worker, taken over: the real program, parent and sandbox, whose children do what the case
// before them says. A case that says nothing is served honestly.
//
// The words "ROLE-taken-over-ACT" stand in the first bytes of the file or message that the child is
// given. A forbidden act that is not stopped is answered with defects of the code "got-through".
// Built from gateway/worker/main.cc with the linker's --wrap, so that nothing in the program knows
// of it.
#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <map>
#include <vector>

#include "gateway/worker/parent.h"
#include "heyan/v1/gateway.pb.h"
#include "verifier/contents/submission_reader.h"

// The linker's names for what is wrapped, and for what it was.
int real_run_parent(heyan::worker::Parent parent) __asm__(
    "__real__ZN5heyan6worker10run_parentENS0_6ParentE");
int wrapped_run_parent(heyan::worker::Parent parent) __asm__(
    "__wrap__ZN5heyan6worker10run_parentENS0_6ParentE");

namespace heyan::faults {
namespace {

using ipc::MessageType;

// ---- what is forbidden. Each comes back only where it was refused (false) or done (true).

bool writes_a_file() { return ::open("/tmp/heyan-taken-over", O_WRONLY | O_CREAT, 0600) >= 0; }
bool opens_a_secret() { return ::open("/etc/passwd", O_RDONLY) >= 0; }
bool makes_a_socket() { return ::socket(AF_INET, SOCK_STREAM, 0) >= 0; }
bool connects() {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(1);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return ::connect(0, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}
bool forks() { return ::fork() >= 0; }
bool executes() {
  std::array<char, 10> program{"/bin/true"};
  const std::array<char*, 2> arguments{program.data(), nullptr};
  return ::execv(program.data(), arguments.data()) == 0;
}
bool traces() { return ::ptrace(PTRACE_ATTACH, ::getppid(), nullptr, nullptr) == 0; }
bool makes_code() {
  return ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1,
                0) != MAP_FAILED;
}
bool kills_its_parent() { return ::kill(::getppid(), SIGKILL) == 0; }

const std::map<std::string, bool (*)()> kForbidden = {
    {"write", writes_a_file}, {"open", opens_a_secret}, {"socket", makes_a_socket},
    {"connect", connects},    {"fork", forks},          {"exec", executes},
    {"ptrace", traces},       {"code", makes_code},     {"kill", kills_its_parent}};

// ---- what is no crime, and costs time and memory

void hang() {
  while (true) ::poll(nullptr, 0, 1'000);
}
void spin() {
  for (volatile std::uint64_t i = 0;;) i = i + 1;
}
void eat() {
  constexpr std::size_t kPiece = std::size_t{16} << 20;
  std::vector<std::vector<char>> eaten;
  while (true) eaten.emplace_back(kPiece, 'x');
}

// ---- lies of a box

class Liar {
 public:
  explicit Liar(ipc::Channel& channel) : channel_(channel) {}

  // False: there is no such lie.
  bool tell(const std::string& lie) {
    if (lie == "other-case") return say(submission({"files/another", "proofs/another"}));
    if (lie == "other-digest") return say(embellished());
    if (lie == "no-items") return say(submission({}));
    if (lie == "paths-outside") return say(submission({"../../etc/passwd", "/etc/shadow"}));
    if (lie == "many-items") return say(submission(std::vector<std::string>(50'000, "files/x")));
    if (lie == "many-defects") return say(defects(300'000));
    if (lie == "ugly-defects") return say(defects(3));
    if (lie == "nothing") return say(v1::BoxAnswer());
    if (lie == "chunk-first") return say(chunk("bytes of no file"));
    if (lie == "twice") return say(defects(1)) && say(defects(1));
    if (lie == "another-type") return raw({0, 0, 0, 0, 13, 0});
    if (lie == "no-type") return raw({0, 0, 0, 0, 99, 0});
    if (lie == "four-gigabytes") return raw({0xff, 0xff, 0xff, 0xff, 2, 0});
    if (lie == "no-message") return raw({3, 0, 0, 0, 2, 0, 0xff, 0xff, 0xff});
    if (lie == "half") return raw({9, 0, 0, 0, 2, 0, 0x0a});
    if (lie == "descriptor") {
      return channel_.send(MessageType::kBoxAnswer, defects(1), channel_.fd()).has_value();
    }
    if (lie == "entry-outside") return entries({"../../../../tmp/heyan-taken-over"});
    if (lie == "entry-twice") return entries({"case.json", "case.json"});
    if (lie == "many-entries") return entries(std::vector<std::string>(90'000, "files/x"), true);
    if (lie == "flood") return flood();
    if (lie == "facts") return say(facts());
    if (lie == "many-facts") return say(many_facts());
    if (lie == "odd-facts") return say(odd_facts());
    return false;
  }

 private:
  bool say(const v1::BoxAnswer& answer) {
    return channel_.send(MessageType::kBoxAnswer, answer).has_value();
  }
  bool raw(const std::vector<std::uint8_t>& bytes) const {
    return ::write(channel_.fd(), bytes.data(), bytes.size()) > 0;
  }

  static v1::BoxAnswer submission(const std::vector<std::string>& paths) {
    v1::BoxAnswer answer;
    for (const std::string& path : paths) {
      v1::Item& item = *answer.mutable_submission()->add_evidence();
      item.set_id("E1");
      item.mutable_file()->set_path(path);
    }
    return answer;
  }
  // The case that is there, and everything that could count against it told otherwise.
  v1::BoxAnswer embellished() {
    v1::BoxAnswer answer;
    auto request = channel_.receive_with_descriptor<v1::BoxRequest>(MessageType::kBoxRequest);
    if (!request) return answer;
    std::string text(1u << 20, '\0');
    const ssize_t size = ::pread(request->descriptor.get(), text.data(), text.size(), 0);
    text.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
    auto read = contents::read_submission(core::to_bytes(core::as_bytes(text)), core::Limits());
    if (!read) return answer;
    for (v1::Item& item : *read->mutable_evidence()) {
      item.mutable_file()->clear_digests();
      item.clear_claims();
      item.clear_record();
      for (v1::Proof& proof : *item.mutable_proofs()) proof.clear_hints();
    }
    *answer.mutable_submission() = *std::move(read);
    return answer;
  }
  static v1::BoxAnswer defects(int count) {
    v1::BoxAnswer answer;
    for (int i = 0; i < count; ++i) {
      v1::DefectEntry& entry = *answer.mutable_defects()->add_defects();
      entry.set_pointer("/x\r\nSet-Cookie: a=b");
      entry.set_code("<script>");
      entry.set_detail("\x1b[2J\xe2\x80\xae" + std::string(100, 'x'));
    }
    return answer;
  }
  // Whatever the file: everything that a box may say, and what it may not.
  static v1::BoxAnswer facts() {
    v1::BoxAnswer answer;
    v1::ContentFacts& facts = *answer.mutable_contents();
    facts.set_performed(true);
    facts.set_media_type("<script>");
    facts.set_extension(v1::EXTENSION_FIT_YES);
    facts.set_address("https://elsewhere.example/");
    facts.add_times()->set_at_ms(4'000'000'000'000);
    facts.mutable_jpeg()->set_tables(v1::JPEG_TABLES_MOZJPEG);
    facts.mutable_jpeg()->set_quality(1);
    v1::Candidate& candidate = *facts.add_candidates();
    candidate.add_changes(v1::CHANGE_LATER_SAVES_REMOVED);
    v1::NamedDigest& digest = *candidate.add_digests();
    digest.set_algorithm("sha-256");
    digest.set_value(std::string(32, 'x'));
    return answer;
  }
  static v1::BoxAnswer many_facts() {
    v1::BoxAnswer answer = facts();
    const v1::Candidate one = answer.contents().candidates(0);
    for (int i = 0; i < 100'000; ++i) *answer.mutable_contents()->add_candidates() = one;
    return answer;
  }
  static v1::BoxAnswer odd_facts() {
    v1::BoxAnswer answer = facts();
    answer.mutable_contents()->mutable_candidates(0)->add_changes(static_cast<v1::Change>(99));
    return answer;
  }
  static v1::BoxAnswer chunk(const std::string& bytes) {
    v1::BoxAnswer answer;
    answer.set_chunk(bytes);
    return answer;
  }
  bool entries(const std::vector<std::string>& names, bool different = false) {
    int count = 0;
    for (const std::string& name : names) {
      v1::BoxAnswer answer;
      answer.set_entry(different ? name + std::to_string(count++) : name);
      if (!say(answer) || !say(chunk("x"))) return true;
    }
    v1::BoxAnswer done;
    done.mutable_done();
    return say(done);
  }
  // Until nobody listens any more.
  bool flood() {
    const std::string mebibyte(1u << 20, 'x');
    v1::BoxAnswer entry;
    entry.set_entry("files/flood");
    if (!say(entry)) return true;
    while (say(chunk(mebibyte))) {
    }
    return true;
  }

  ipc::Channel& channel_;
};

// ---- which of them

// What waits in the socket, and the beginning of the file that comes with it; taken by nobody.
std::string overheard(int socket) {
  pollfd ready{.fd = socket, .events = POLLIN, .revents = 0};
  ::poll(&ready, 1, 10'000);
  std::string text(16'384, '\0');
  iovec part{text.data(), text.size()};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  // The frame's head comes alone where a body follows; wait for both.
  const ssize_t head = ::recvmsg(socket, &message, MSG_PEEK);
  text.resize(head < 0 ? 0 : static_cast<std::size_t>(head));
  if (const cmsghdr* first = CMSG_FIRSTHDR(&message); first != nullptr) {
    int file = -1;
    std::copy_n(CMSG_DATA(first), sizeof file, reinterpret_cast<unsigned char*>(&file));
    std::string beginning(4'096, '\0');
    const ssize_t count = ::pread(file, beginning.data(), beginning.size(), 0);
    if (count > 0) text += beginning.substr(0, static_cast<std::size_t>(count));
    ::close(file);
  }
  return text;
}

std::string act_in(const std::string& text, std::string_view role) {
  const std::string mark = std::string(role) + "-taken-over-";
  const std::size_t at = text.find(mark);
  if (at == std::string::npos) return {};
  const std::size_t from = at + mark.size();
  return text.substr(from, text.find_first_not_of("abcdefghijklmnopqrstuvwxyz-", from) - from);
}

bool gives_up(const std::string& text) {
  v1::JudgeJob job;
  return text.size() > 6 && text[4] == 3 && job.ParseFromString(text.substr(6)) && job.give_up();
}

bool misbehave(ipc::Channel& channel, const std::string& act) {
  if (const auto found = kForbidden.find(act); found != kForbidden.end()) {
    if (found->second()) {
      v1::BoxAnswer answer;
      answer.mutable_defects()->add_defects()->set_code("got-through");
      static_cast<void>(channel.send(MessageType::kBoxAnswer, answer));
    }
    return false;
  }
  if (act == "die") ::abort();
  if (act == "hang") hang();
  if (act == "spin") spin();
  if (act == "eat") eat();
  return Liar(channel).tell(act);
}

}  // namespace
}  // namespace heyan::faults

int wrapped_run_parent(heyan::worker::Parent parent) {
  const std::string_view role = heyan::sandbox::name(parent.sandbox.profile().role);
  // Patience, but not that of a whole day of tests. A judge outlasts two boxes, one after another.
  parent.longest_job = std::chrono::seconds(role == "judge" ? 15 : 4);
  parent.job = [honest = parent.job, role](heyan::ipc::Channel channel) {
    const std::string text = heyan::faults::overheard(channel.fd());
    const std::string act = heyan::faults::act_in(text, role);
    if (act.empty() || heyan::faults::gives_up(text)) return honest(std::move(channel));
    return heyan::faults::misbehave(channel, act);
  };
  return real_run_parent(std::move(parent));
}
