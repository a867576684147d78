// The questions of a form as they stand: groups, what each asks, and repeating groups that grow and shrink.

import { useText } from "../i18n";
import { Button } from "../ui/parts";
import styles from "./Body.module.css";
import { Question } from "./Question";
import { textOf, type Answer, type Answers, type Node } from "./questionnaire";

export const anchor = (key: string) => `question-${key}`;

interface Props {
  nodes: readonly Node[];
  answers: Answers;
  /** What is wrong with a question's answer, as a sentence. */
  wrong: (node: Node) => string | undefined;
  onAnswer: (key: string, answers: readonly Answer[], unit?: string) => void;
  onAdd: (group: Node) => void;
  onRemove: (instance: NonNullable<Node["instance"]>) => void;
}

export function Body({ nodes, ...rest }: Props) {
  return nodes.map((node) => <Part key={node.key} node={node} {...rest} />);
}

function Part({ node, ...rest }: Omit<Props, "nodes"> & { node: Node }) {
  const { language } = useText();
  const { item, key, nodes } = node;
  if (item.type === "display") return <p className="soft">{textOf(item.text, item._text, language)}</p>;
  if (item.type === "group" && item.repeats) return <Repeating node={node} {...rest} />;
  if (item.type === "group")
    return (
      <section className={styles.group}>
        {item.text && <h2>{textOf(item.text, item._text, language)}</h2>}
        <Body nodes={nodes} {...rest} />
      </section>
    );
  const flaw = rest.wrong(node);
  return (
    <div className={styles.question} data-question data-wrong={flaw ? true : undefined}>
      <Question
        item={item}
        id={anchor(key)}
        answers={rest.answers[key] ?? []}
        wrong={flaw}
        onAnswer={(given, unit) => rest.onAnswer(key, given, unit)}
      />
      {nodes.length > 0 && (
        <div className={styles.below}>
          <Body nodes={nodes} {...rest} />
        </div>
      )}
    </div>
  );
}

function Repeating({ node, ...rest }: Omit<Props, "nodes"> & { node: Node }) {
  const { t, language } = useText();
  const title = textOf(node.item.text, node.item._text, language);
  const least = node.item.required ? 1 : 0;
  return (
    <section className={styles.group}>
      <h2>{title}</h2>
      {node.nodes.map(({ key, nodes, instance }) => (
        <div key={key} role="group" aria-label={`${title} (${instance!.index + 1})`} className={styles.instance}>
          <Body nodes={nodes} {...rest} />
          {instance!.count > least && (
            <Button tone="plain" onClick={() => rest.onRemove(instance!)}>
              {t("form.removeInstance", { number: instance!.index + 1 })}
            </Button>
          )}
        </div>
      ))}
      <Button tone="second" icon="plus" onClick={() => rest.onAdd(node)}>
        {t(node.nodes.length > 0 ? "form.addAnother" : "form.add")}
      </Button>
    </section>
  );
}
