#include "gateway/front/server.h"

#include <algorithm>
#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>
#include <limits>
#include <list>
#include <mutex>
#include <thread>

#include "gateway/front/admission.h"
#include "gateway/front/deadline.h"
#include "gateway/front/proxy_header.h"
#include "gateway/front/session.h"
#include "gateway/front/transport.h"

namespace heyan::front {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using core::ErrorCode;

constexpr std::chrono::milliseconds kAcceptPause{100};  // when descriptors have run out
constexpr std::chrono::milliseconds kStopStep{5};
constexpr std::size_t kLeastSweep = 64;  // sessions, most of which may have ended

// Whom a connection counts against, in words, since records name it: an IPv4 address, or the
// network of 64 bits that one IPv6 client has.
std::string client_of(const asio::ip::address& address) {
  if (address.is_v4()) return address.to_string();
  const asio::ip::address_v6 six = address.to_v6();
  if (six.is_v4_mapped()) return asio::ip::make_address_v4(asio::ip::v4_mapped, six).to_string();
  asio::ip::address_v6::bytes_type network = six.to_bytes();
  std::fill(network.begin() + 8, network.end(), 0);
  return asio::ip::make_address_v6(network).to_string() + "/64";
}

struct Announced {
  bool ended = false;                       // before it said anything: a balancer that looks
  std::optional<asio::ip::address> client;  // nothing: the balancer's own
};

Task<core::Result<Announced>> announced_client(tcp::socket& socket,
                                               std::chrono::milliseconds longest) {
  Deadline deadline(socket);
  deadline.after(longest);
  core::Bytes header;
  while (true) {
    const auto missing = missing_of_proxy_header(header);
    if (!missing) co_return std::unexpected(missing.error());
    if (*missing == 0) break;
    const std::size_t before = header.size();
    header.resize(before + *missing);
    const auto [error, count] = co_await socket.async_read_some(
        asio::buffer(header.data() + before, *missing), asio::as_tuple(asio::use_awaitable));
    header.resize(before + count);
    if (error == asio::error::eof && header.empty())
      co_return Announced{.ended = true, .client = {}};
    if (error) co_return core::fail(ErrorCode::kIo, "the connection ended within its header");
  }
  auto client = read_proxy_header(header);
  if (!client) co_return std::unexpected(client.error());
  co_return Announced{.ended = false, .client = *client};
}

struct Listener {
  Listener(asio::io_context& io, const Listening& listening, Admission& own)
      : options(listening.options),
        port(listening.port),
        places(own),
        acceptor(asio::make_strand(io)) {}

  std::shared_ptr<const TlsContext> tls() const {
    const std::lock_guard lock(mutex);
    return options.tls;
  }

  mutable std::mutex mutex;  // guards options.tls
  ListenerOptions options;
  const std::uint16_t port;
  Admission& places;
  tcp::acceptor acceptor;  // on its own strand
};

}  // namespace

// Destroyed in reverse: what belongs to `io` before it, and the coroutines in it before what they
// use.
struct Server::Impl {
  Impl(const ServerOptions& chosen, Handler& user)
      : options(chosen),
        handler(user),
        admission(std::numeric_limits<std::size_t>::max(), chosen.connections_per_client),
        workers(chosen.workers) {}

  Task<void> accept_all(Listener& listener);
  Task<void> serve(tcp::socket socket, const Listener& listener, Admission::Ticket place,
                   asio::ip::address address);
  void spawn(tcp::socket socket, const Listener& listener);
  void say(std::string_view event) const;
  void log(const std::exception_ptr& failure) const;

  const ServerOptions options;
  Handler& handler;
  std::atomic<bool> stopping = false;
  std::list<Admission> places;  // of each listener
  Admission admission;          // of each client
  std::mutex mutex;             // guards sessions and sweep_at
  std::mutex stop_mutex;
  bool stopped = false;
  Workers workers;
  asio::io_context io;
  std::list<std::pair<asio::any_io_executor, std::weak_ptr<Session>>> sessions;
  std::size_t sweep_at = kLeastSweep;
  std::list<Listener> listeners;
  std::vector<std::jthread> threads;
};

void Server::Impl::say(std::string_view event) const {
  if (options.on_event) options.on_event(event);
}

void Server::Impl::log(const std::exception_ptr& failure) const {
  if (failure) say("front.connection_failed");
}

Task<void> Server::Impl::accept_all(Listener& listener) {
  asio::steady_timer pause(listener.acceptor.get_executor());
  while (!stopping) {
    tcp::socket socket(asio::any_io_executor(asio::make_strand(io)));
    const auto [error] =
        co_await listener.acceptor.async_accept(socket, asio::as_tuple(asio::use_awaitable));
    if (stopping || error == asio::error::operation_aborted) break;
    if (!error) {
      spawn(std::move(socket), listener);
      continue;
    }
    // A client that went away at once needs no pause; running out of descriptors does.
    if (error == asio::error::connection_aborted) continue;
    say("front.accept_failed");
    pause.expires_after(kAcceptPause);
    [[maybe_unused]] const auto [ignored] =
        co_await pause.async_wait(asio::as_tuple(asio::use_awaitable));
  }
}

void Server::Impl::spawn(tcp::socket socket, const Listener& listener) {
  boost::system::error_code error;
  const tcp::endpoint remote = socket.remote_endpoint(error);
  if (error) return;
  const asio::ip::address address = plain_address(remote.address());
  Admission::Ticket place = listener.places.enter(listener.options.name, client_of(address));
  if (!place) return say("front.connection_refused");
  socket.set_option(tcp::no_delay(true), error);
  const auto executor = socket.get_executor();
  asio::co_spawn(executor, serve(std::move(socket), listener, std::move(place), address),
                 [this](const std::exception_ptr& failure) { log(failure); });
}

Task<void> Server::Impl::serve(tcp::socket socket, const Listener& listener,
                               Admission::Ticket place, asio::ip::address address) {
  [[maybe_unused]] const Admission::Ticket held = std::move(place);
  const asio::any_io_executor executor = socket.get_executor();
  const std::vector<std::string>& balancers = listener.options.balancers;
  if (std::ranges::find(balancers, address.to_string()) != balancers.end()) {
    const auto announced = co_await announced_client(socket, options.handshake);
    if (!announced) {
      say("front.balancer_malformed");
      co_return;
    }
    if (announced->ended) co_return;
    address = announced->client.value_or(address);
  }
  const Admission::Ticket of_client = admission.enter(listener.options.name, client_of(address));
  if (!of_client) {
    say("front.connection_refused");
    co_return;
  }
  Peer peer;
  peer.listener = listener.options.name;
  peer.address = address.to_string();
  peer.client = client_of(address);
  std::unique_ptr<Connection> connection;
  const std::shared_ptr<const TlsContext> tls = listener.tls();
  if (tls == nullptr) {
    connection = open_plain(std::move(socket), std::move(peer));
  } else {
    auto secured = co_await open_tls(std::move(socket), std::move(peer), *tls, options.handshake);
    connection = std::move(secured);
  }
  if (connection == nullptr) co_return;
  const auto session =
      std::make_shared<Session>(std::move(connection), options, workers, handler, stopping);
  {
    const std::lock_guard lock(mutex);
    // Not at each connection: there may be many.
    if (sessions.size() >= sweep_at) {
      std::erase_if(sessions, [](const auto& entry) { return entry.second.expired(); });
      sweep_at = std::max(kLeastSweep, 2 * sessions.size());
    }
    sessions.emplace_back(executor, session);
  }
  co_await session->run();
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

core::Result<std::unique_ptr<Server>> Server::start(const ServerOptions& options,
                                                    std::vector<Listening> listeners,
                                                    Handler& handler) {
  // OpenSSL writes to sockets as to files: a client that is gone must not end the process.
  std::signal(SIGPIPE, SIG_IGN);
  auto impl = std::make_unique<Impl>(options, handler);
  for (Listening& one : listeners) {
    const std::size_t most =
        one.options.connections == 0 ? options.connections : one.options.connections;
    Admission& places = impl->places.emplace_back(most, most);
    Listener& listener = impl->listeners.emplace_back(impl->io, one, places);
    boost::system::error_code error;
    listener.acceptor.assign(one.v6 ? tcp::v6() : tcp::v4(), one.socket.get(), error);
    if (error) return core::fail(ErrorCode::kIo, "a listening socket cannot be waited for");
    static_cast<void>(one.socket.release());
  }
  for (Listener& listener : impl->listeners) {
    asio::co_spawn(listener.acceptor.get_executor(), impl->accept_all(listener),
                   [raw = impl.get()](const std::exception_ptr& failure) { raw->log(failure); });
  }
  for (std::size_t i = 0; i < std::max<std::size_t>(options.io_threads, 1); ++i) {
    impl->threads.emplace_back([raw = impl.get()] { raw->io.run(); });
  }
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

Server::~Server() { stop(std::chrono::milliseconds(0)); }

std::uint16_t Server::port(std::string_view listener) const {
  for (const Listener& each : impl_->listeners) {
    if (each.options.name == listener) return each.port;
  }
  return 0;
}

bool Server::replace_tls(std::string_view listener, std::shared_ptr<const TlsContext> tls) {
  for (Listener& each : impl_->listeners) {
    if (each.options.name != listener) continue;
    const std::lock_guard lock(each.mutex);
    if (each.options.tls == nullptr || tls == nullptr) return false;
    each.options.tls = std::move(tls);
    return true;
  }
  return false;
}

std::optional<core::UtcTime> Server::tls_until() const {
  std::optional<core::UtcTime> first;
  for (const Listener& each : impl_->listeners) {
    const auto tls = each.tls();
    if (tls != nullptr && (!first || tls->valid_until() < *first)) first = tls->valid_until();
  }
  return first;
}

std::size_t Server::connections() const { return impl_->admission.count(); }

void Server::begin_stop() {
  if (impl_->stopping.exchange(true)) return;
  for (Listener& listener : impl_->listeners) {
    asio::post(listener.acceptor.get_executor(), [&acceptor = listener.acceptor] {
      boost::system::error_code ignored;
      acceptor.close(ignored);
    });
  }
  const std::lock_guard lock(impl_->mutex);
  for (const auto& [executor, session] : impl_->sessions) {
    asio::post(executor, [session] {
      if (const auto alive = session.lock()) alive->stop();
    });
  }
}

void Server::stop(std::chrono::milliseconds grace, const std::function<void()>& give_up) {
  begin_stop();
  const std::lock_guard lock(impl_->stop_mutex);
  if (impl_->stopped) return;
  impl_->stopped = true;
  const auto until = std::chrono::steady_clock::now() + grace;
  while (connections() > 0 && std::chrono::steady_clock::now() < until) {
    std::this_thread::sleep_for(kStopStep);
  }
  if (give_up) give_up();
  // Jobs refer to frames of coroutines: they end before these are destroyed.
  impl_->io.stop();
  impl_->threads.clear();
  impl_->workers.join();
}

}  // namespace heyan::front
