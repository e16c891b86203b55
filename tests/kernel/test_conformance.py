"""The whole of jupyter_kernel_test, with every part that it can switch on."""

import jupyter_kernel_test


class TestKernel(jupyter_kernel_test.KernelTests):
    kernel_name = "stemma"
    language_name = "typescript"
    file_extension = ".ts"

    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('oh no')"
    completion_samples = [
        {"text": "[1].inclu", "matches": {"includes"}},
        {"text": "Math.sqr", "matches": {"sqrt", "SQRT1_2", "SQRT2"}},
    ]
    complete_code_samples = ["1", "const x: number = 1;", "function f() {\n  return 1;\n}\n", "// nothing", "`a\nb`"]
    incomplete_code_samples = ["function f() {", "[1,", "`a", "/* a", "1 +", "if (true)"]
    invalid_code_samples = ["let = ;", ")", "const x 1;"]
    code_page_something = "import { page } from 'stemma-kernel'; page('so much text')"
    code_generate_error = "throw new Error('on purpose')"
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "'a' + 'b'", "result": "'ab'"},
        {"code": "await Promise.resolve([1, 2])", "result": "[ 1, 2 ]"},
    ]
    code_display_data = [
        {"code": "import { display } from 'stemma-kernel'; display({ 'text/html': '<b>1</b>' })", "mime": "text/html"},
        {"code": "import * as tslab from 'tslab'; tslab.display.png(new Uint8Array(8))", "mime": "image/png"},
    ]
    code_history_pattern = "6 [*]*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Math.sqrt"
    code_clear_output = "import { clearOutput } from 'stemma-kernel'; clearOutput()"


class TestWelcome(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = "stemma"
    support_iopub_welcome = True


