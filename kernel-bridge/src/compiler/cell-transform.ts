import ts = require('typescript');
import { held } from './await-transform';
import { type BoxNames, Boxes } from './boxes';
import { CellStatements } from './cell-statements';
import { CellVisitor } from './cell-visitor';
import { isDirective, lastExpression } from './statement-kinds';

const { factory } = ts;

export interface CellTransform extends BoxNames {
  /** Whether a declared name stands for a value at run time. */
  hasValue(identifier: ts.Identifier): boolean;
  /** Called once the cell has been transformed. */
  onEnd(found: { hasResult: boolean; vars: string[] }): void;
}

/**
 * Makes the top-level names of a cell live: `limit` becomes `$limit.limit`, a property of the box that all cells share.
 *
 * Variables are assigned where they are declared. Functions, classes, enums and namespaces are declared as they stand
 * and then put into their box, functions at the cell's start. What a cell imports or exports is left out: the kernel
 * imports before the cell runs.
 */
export function cellTransform({ hasValue, onEnd, ...names }: CellTransform): ts.TransformerFactory<ts.SourceFile> {
  return (context) => {
    const visitor = new CellVisitor(context, new Boxes(names));
    const cell = new CellStatements(visitor, hasValue);
    return (file) => {
      const statements = file.statements.map((statement) => cell.rewrite(statement));
      const last = lastExpression(file.statements);
      const hasResult = last >= 0;
      if (hasResult)
        statements[last] = [resultOf(statements[last]![0] as ts.ExpressionStatement, file.statements[last]!)];
      onEnd({ hasResult, vars: [...visitor.vars] });
      const prologue = file.statements.findIndex((one) => !isDirective(one));
      const start = prologue < 0 ? file.statements.length : prologue;
      const made = [...statements.slice(0, start).flat(), ...cell.hoisted, ...statements.slice(start).flat()];
      return factory.updateSourceFile(file, ts.setTextRange(factory.createNodeArray(made), file.statements));
    };
  };
}

/** The last statement, whose value the cell shows. */
function resultOf({ expression }: ts.ExpressionStatement, at: ts.Statement): ts.Statement {
  const assignment = factory.createAssignment(held('result'), expression);
  return ts.setTextRange(factory.createExpressionStatement(assignment), at);
}
