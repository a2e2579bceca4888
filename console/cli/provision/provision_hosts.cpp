#include "console/cli/conversation.h"
#include "console/cli/outcome.h"
#include "console/cli/provision/agent_toml.h"
#include "console/cli/provision/confirm.h"
#include "console/cli/provision/pi_update.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QThread>
#include <algorithm>
#include <cstdio>
#include <mutex>
#include <thread>

namespace facetrack::cli {

namespace {

/// One Pi, and what came of it.
struct Job
{
    explicit Job(SshHost ssh, const AgentSettings &wanted, const PiUpdate::Progress &progress)
        : host(std::move(ssh)), update(host, wanted, progress)
    {
        outcome.agent = host.name();
    }

    SshHost host;
    SshHost::NewKey newKey;
    PiUpdate update;
    Outcome outcome;

    bool failed() const { return outcome.failure.has_value(); }
    void take(const AgentResult<void> &done)
    {
        if (!done)
            outcome.failure = done.error();
    }
};

using Jobs = std::vector<std::unique_ptr<Job>>;

/// All at once; those that failed before are left out.
template<typename Work>
void forAll(Jobs &jobs, Work work)
{
    std::vector<std::jthread> threads;
    for (auto &job : jobs) {
        if (!job->failed())
            threads.emplace_back([&work, &job] { work(*job); });
    }
}

void learnKeys(Jobs &jobs)
{
    forAll(jobs, [](Job &job) {
        if (auto key = job.host.newKey())
            job.newKey = *key;
        else
            job.outcome.failure = key.error();
    });
}

/// Shown and accepted one by one: by a person now, or by the fingerprint that was said beforehand.
void acceptKeys(Jobs &jobs, const ProvisionOptions &options)
{
    for (auto &job : jobs) {
        const std::string &print = job->newKey.fingerprint;
        if (job->failed() || print.empty())
            continue;
        const std::string hash = print.substr(0, print.find(' '));
        const auto &accepted = options.acceptedKeys;
        const bool said = std::find(accepted.begin(), accepted.end(), hash) != accepted.end();
        std::fprintf(stderr, "facetrack: %s is met for the first time, and shows the host key %s\n",
                     job->host.name().c_str(), print.c_str());
        // --yes is about what is done to the Pi, not about whom to believe.
        const std::string advice = "if it is the Pi's: --accept-host-key " + hash;
        if (!said && !confirm("Trust it? (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub, on the Pi, shows the same)", false, advice)) {
            job->outcome.failure = failureOf({ErrorCode::Denied, job->host.name(), "its host key " + print + " is not known here", advice},
                                             AgentTrouble::Refused);
            continue;
        }
        if (auto kept = job->host.trust(job->newKey); !kept)
            job->outcome.failure = failureOf(kept.error(), AgentTrouble::Refused);
    }
}

/// Asks the agent itself, from here, as the console would.
AgentResult<void> waitForAgent(Job &job, int port, const CommonOptions &common, double seconds)
{
    const auto address = job.host.address();
    const auto known = KnownAgents::load(common.known);
    if (!address || !known)
        return tl::unexpected(failureOf(address ? known.error() : address.error(), AgentTrouble::Refused));
    const bool six = address->find(':') != std::string::npos;
    const auto target = targetFor((six ? "[" + *address + "]" : *address) + ":" + std::to_string(port), *known);
    if (!target)
        return tl::unexpected(failureOf(target.error(), AgentTrouble::Refused));
    QElapsedTimer waiting;
    waiting.start();
    for (;;) {
        Conversation conversation({target->label, {}, target->access, target->anyScheme}, common);
        const auto open = conversation.open();
        job.outcome.address = conversation.target().access.url;
        job.outcome.id = conversation.target().id;
        const bool mayPass = !open && open.error().trouble == AgentTrouble::Unreachable;
        if (open || !mayPass || static_cast<double>(waiting.elapsed()) > 1000 * seconds)
            return open;
        QThread::msleep(500);
    }
}

std::string versionText(const Job &job)
{
    for (const DebFile &deb : job.update.missing()) {
        if (deb.name == "facetrack-agentd")
            return deb.version;
    }
    const auto &versions = job.update.state().versions;
    const auto installed = versions.find("facetrack-agentd " + job.update.state().architecture);
    return installed == versions.end() ? "from apt" : installed->second;
}

void summarize(Job &job, const std::string &what, const std::string &agent)
{
    job.outcome.row = {job.host.name(), versionText(job), what, agent};
    job.outcome.result = {{"version", versionText(job)}, {"done", what}, {"agent", agent}};
}

void carryOut(Job &job, const CommonOptions &common, const ProvisionOptions &options, const PiUpdate::Progress &progress)
{
    const std::string todo = job.update.todo();
    if (!job.update.isDone()) {
        job.take(job.update.carryOut());
        if (job.failed())
            return;
    }
    const int port = options.agentPort > 0 ? options.agentPort : portOf(job.update.toml());
    if (port == 0) {
        summarize(job, job.update.isDone() ? "unchanged" : todo, "runs; hears its own machine only");
        return;
    }
    progress("waits for the agent's answer");
    if (auto answer = waitForAgent(job, port, common, options.wait); !answer) {
        AgentFailure failure = answer.error();
        if (failure.trouble == AgentTrouble::Unreachable)
            failure.message = "facetrack is installed and runs there, but does not answer from here: " + failure.message;
        job.outcome.failure = failure;
        return;
    }
    summarize(job, job.update.isDone() ? "unchanged" : todo, "answers");
}

Result<void> checkHosts(const std::vector<std::string> &hosts)
{
    static const QRegularExpression form(QStringLiteral("^([A-Za-z0-9._-]+@)?[A-Za-z0-9._:%\\[\\]][A-Za-z0-9._:%\\[\\]-]*$"));
    for (const std::string &host : hosts) {
        if (!form.match(QString::fromStdString(host)).hasMatch())
            return fail(ErrorCode::InvalidArgument, "--ssh", "'" + host + "' is no host", "HOST or USER@HOST, as for ssh");
        if (std::count(hosts.begin(), hosts.end(), host) > 1)
            return fail(ErrorCode::InvalidArgument, "--ssh", host + " is there twice");
    }
    return {};
}

/// Lines as it goes, on standard error; the outcome comes at the end.
PiUpdate::Progress progressOf(const std::string &host, bool quiet)
{
    static std::mutex mutex;
    return [host, quiet](const std::string &what) {
        const std::lock_guard lock(mutex);
        if (!quiet)
            std::fprintf(stderr, "%s: %s\n", host.c_str(), what.c_str());
    };
}

/// Whether there is something to do that a person agreed to.
tl::expected<void, int> agree(const Jobs &jobs, const ProvisionOptions &options, bool quiet)
{
    bool any = false;
    for (const auto &job : jobs) {
        if (job->failed())
            continue;
        any = any || !job->update.isDone();
        if (!quiet)
            std::fprintf(stderr, "%s: %s\n", job->host.name().c_str(), job->update.todo().c_str());
    }
    return any ? confirm("Go on?", options.yes) : tl::expected<void, int>();
}

int report(const CommonOptions &common, Jobs &jobs)
{
    std::vector<Outcome> outcomes;
    for (auto &job : jobs)
        outcomes.push_back(std::move(job->outcome));
    return print("provision", common, outcomes, {"HOST", "VERSION", "DONE", "AGENT"});
}

} // namespace

int provisionHosts(const CommonOptions &common, const ProvisionOptions &options)
{
    const auto wanted = agentSettings(options, {});
    if (auto good = checkHosts(options.hosts); !good || !wanted)
        return refuse(good ? wanted.error() : good.error());
    Jobs jobs;
    for (const std::string &name : options.hosts)
        jobs.push_back(std::make_unique<Job>(SshHost(name, options.sshConfig, common.timeout), *wanted,
                                             progressOf(name, common.json)));
    learnKeys(jobs);
    acceptKeys(jobs, options);
    forAll(jobs, [](Job &job) { job.take(job.update.look()); });
    if (options.dryRun) {
        for (auto &job : jobs) {
            if (!job->failed())
                summarize(*job, job->update.todo(), job->update.state().active ? "runs" : "does not run");
        }
        return report(common, jobs);
    }
    if (const auto agreed = agree(jobs, options, common.json); !agreed)
        return agreed.error();
    forAll(jobs, [&](Job &job) { carryOut(job, common, options, progressOf(job.host.name(), common.json)); });
    return report(common, jobs);
}

} // namespace facetrack::cli
