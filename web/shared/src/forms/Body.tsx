// The questions of a form as they stand: groups, what each asks, and repeating groups that grow and shrink.

import { textOf } from "../questionnaire";
import { isHidden, type Answer, type Answers, type Node } from "./filling";
import { useKit } from "./kit";
import { Question } from "./Question";

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

/** To be drawn within a FormKit. */
export function Body({ nodes, ...rest }: Props) {
  return nodes.map((node) => <Part key={node.key} node={node} {...rest} />);
}

function Part({ node, ...rest }: Omit<Props, "nodes"> & { node: Node }) {
  const { Asked, Group, Picture, Said, useWords } = useKit();
  const { language } = useWords();
  const { item, key, nodes } = node;
  const text = textOf(item.text, item._text, language);
  if (isHidden(item) || (item.type === "attachment" && !Picture)) return null;
  if (item.type === "display") return <Said>{text}</Said>;
  if (item.type === "group" && item.repeats) return <Repeating node={node} {...rest} />;
  if (item.type === "group")
    return (
      <Group title={text || undefined}>
        <Body nodes={nodes} {...rest} />
      </Group>
    );
  const flaw = rest.wrong(node);
  return (
    <Asked wrong={flaw !== undefined} below={nodes.length > 0 ? <Body nodes={nodes} {...rest} /> : undefined}>
      <Question
        item={item}
        id={anchor(key)}
        answers={rest.answers[key] ?? []}
        wrong={flaw}
        onAnswer={(given, unit) => rest.onAnswer(key, given, unit)}
      />
    </Asked>
  );
}

function Repeating({ node, ...rest }: Omit<Props, "nodes"> & { node: Node }) {
  const { Act, Group, Instance, useWords } = useKit();
  const words = useWords();
  const title = textOf(node.item.text, node.item._text, words.language);
  const least = node.item.required ? 1 : 0;
  return (
    <Group title={title}>
      {node.nodes.map(({ key, nodes, instance }) => (
        <Instance key={key} label={`${title} (${instance!.index + 1})`}>
          <Body nodes={nodes} {...rest} />
          {instance!.count > least && (
            <Act small onClick={() => rest.onRemove(instance!)}>
              {words.remove(instance!.index + 1)}
            </Act>
          )}
        </Instance>
      ))}
      <Act plus onClick={() => rest.onAdd(node)}>
        {node.nodes.length > 0 ? words.addAnother : words.add}
      </Act>
    </Group>
  );
}
