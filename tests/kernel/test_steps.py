"""Steps of code in a notebook: one process for a training, its epochs, its metrics, and how it ended."""

import json

import pytest

SETUP = """
import { Dataset, provenance } from 'stemma';
const rows = Dataset.range(4, 'Rows').shuffle({ seed: 1, identifier: 'Mix' });
"""
REPORT = """
{
  const { processes, artifacts, runs } = provenance.document();
  const process = processes.filter(({ kind }) => kind === 'step').at(-1)!;
  const source = processes.find(({ label }) => label === 'Rows')!;
  const { state, failure, metrics = [], commands } = process.execution;
  const own = runs.filter(({ sink }) => sink === process.id);
  console.log(JSON.stringify({
    label: process.label,
    inputs: process.inputs.map((id) => artifacts.find((one) => one.id === id)!.label),
    state,
    reason: failure && failure.message,
    points: Object.fromEntries(metrics.map(({ name, points }) => [name, points])),
    loops: own.filter(({ processes }) => processes.includes(source.id)).map(({ epoch, state, failure }) => [epoch, state, failure && failure.origin]),
    source: process.code!.source.includes('rows'),
  }));
}
"""


@pytest.fixture(scope="module")
def steps(kernel):
    reply, _ = kernel.run(SETUP)
    assert reply["status"] == "ok", reply
    return kernel


def report(kernel):
    return json.loads(kernel.printed(REPORT))


def test_a_training_of_two_epochs_is_one_process(steps):
    reply, _ = steps.run("""
        const model = await provenance.step('Train', { parameters: { epochs: 2 } }, async (step) => {
          const model = { sum: 0 };
          for (let epoch = 0; epoch < 2; epoch++) {
            for await (const n of rows) model.sum += n;
            step.metrics({ loss: 20 - model.sum, sum: model.sum }, epoch);
          }
          return model;
        });
        rows.map((n) => n * model.sum, { identifier: 'Predict', uses: [model] });
    """)
    assert reply["status"] == "ok", reply
    assert report(steps) == {
        "label": "Train",
        "inputs": ["Mix"],
        "state": "complete",
        "reason": None,
        "points": {"loss": [[0, 14], [1, 8]], "sum": [[0, 6], [1, 12]]},
        "loops": [[0, "complete", None], [1, "complete", None]],
        "source": True,
    }


def test_a_step_that_throws_failed_with_the_reason(steps):
    reply, _ = steps.run("""
        await provenance.step('Diverge', async (step) => {
          for await (const n of rows) { step.metrics({ n }); if (n === 3) throw new RangeError('loss is NaN'); }
        });
    """)
    assert (reply["status"], reply["ename"], reply["evalue"]) == ("error", "RangeError", "loss is NaN")
    found = report(steps)
    assert (found["state"], found["reason"]) == ("failed", "loss is NaN")
    assert [loop[1:] for loop in found["loops"]] == [["failed", "Rows item 3"]]


def test_an_interrupt_ends_a_step_and_its_command(steps):
    code = """
        await provenance.step('Elsewhere', async (step) => {
          for await (const n of rows) {}
          await step.command(process.execPath, ['-e', 'console.log("ready"); setInterval(() => {}, 1000)']);
        });
    """
    request = steps.client.execute(code)
    steps.wait_for_text("ready")
    steps.interrupt()
    reply, _ = steps.outcome(request)
    assert (reply["status"], reply["ename"]) == ("error", "Interrupted")
    found = report(steps)
    assert (found["label"], found["state"]) == ("Elsewhere", "aborted")
    assert found["loops"][0][1] == "complete"
