// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/control.h"

#include <boost/asio/signal_set.hpp>
#include <cstdio>
#include <exception>

int main(int argc, char **argv)
{
    int status = 0;
    const auto options = fake::readOptions(argc, argv, status);
    if (!options)
        return status;
    try {
        // One thread: what happens in which order is then the same in every run.
        boost::asio::io_context io(1);
        fake::Server server(io, *options);
        fake::Control control(io, server);
        control.listener().open(static_cast<unsigned short>(options->controlPort));
        const char *scheme = options->tlsCertificate.empty() ? "http" : "https";
        for (const unsigned short port : server.ports())
            std::printf("ready %s://127.0.0.1:%d/\n", scheme, port);
        std::printf("control http://127.0.0.1:%d/\n", control.listener().port());
        std::fflush(stdout);
        boost::asio::signal_set signals(io, SIGINT, SIGTERM);
        signals.async_wait([&io](boost::system::error_code, int) { io.stop(); });
        io.run();
    } catch (const std::exception &error) {
        std::fprintf(stderr, "fake_cratedb: %s\n", error.what());
        return 1;
    }
    return 0;
}
